// What a page does in its frames, counted from within.

/** In the page, before its own scripts: counts the time in callbacks of animation frames. */
export function watchFrames() {
  const request = window.requestAnimationFrame.bind(window);
  window.inFrames = 0;
  window.asked = 0;
  window.requestAnimationFrame = (callback) => {
    window.asked += 1;
    return request((now) => {
      const began = performance.now();
      try {
        callback(now);
      } finally {
        window.inFrames += performance.now() - began;
      }
    });
  };
  window.plainRequest = request;
}
