//! Queues: how long work waits at a busy station, by chance alone.
//!
//! Rates are per second (or any one unit of time), times in that unit. Where work arrives as fast
//! as it can be done, or faster, there is no steady state and the wait is infinite.

/// M/M/c, the queue of c equal servers: arrivals at random, exponential process times (Erlang 1917).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErlangC {
    /// Arrivals per unit of time, lambda.
    pub arrivals: f64,
    /// What one server does per unit of time, mu.
    pub service: f64,
    /// Servers, c; at least 1.
    pub servers: u32,
}

impl ErlangC {
    /// Offered load a = lambda / mu, in servers.
    #[must_use]
    pub fn offered(&self) -> f64 {
        self.arrivals / self.service
    }

    /// Utilisation rho = lambda / (c mu).
    #[must_use]
    pub fn utilisation(&self) -> f64 {
        self.offered() / f64::from(self.servers)
    }

    /// Probability that an arrival waits, C; 1 at full load and beyond.
    ///
    /// From Erlang B by its recursion in the number of servers, which neither overflows nor
    /// cancels: B(k) = a B(k-1) / (k + a B(k-1)), C = B / (1 - rho (1 - B)).
    #[must_use]
    pub fn waiting_probability(&self) -> f64 {
        let (offered, utilisation) = (self.offered(), self.utilisation());
        if utilisation >= 1.0 {
            return 1.0;
        }
        let mut blocked = 1.0;
        for servers in 1..=self.servers {
            let busy = offered * blocked;
            blocked = busy / (f64::from(servers) + busy);
        }
        blocked / (1.0 - utilisation * (1.0 - blocked))
    }

    /// Probability that no one is there, P0 = C c! (1 - rho) / a^c.
    #[must_use]
    pub fn empty_probability(&self) -> f64 {
        let offered = self.offered();
        if self.utilisation() >= 1.0 {
            return 0.0;
        }
        // 1 / P0 is the sum of a^k / k! to c - 1 and of a^c / c! / (1 - rho), each term from the
        // one before it.
        let (mut term, mut sum) = (1.0, 0.0);
        for index in 1..=self.servers {
            sum += term;
            term *= offered / f64::from(index);
        }
        1.0 / (sum + term / (1.0 - self.utilisation()))
    }

    /// Mean wait in the queue, Wq = C / (c mu - lambda).
    #[must_use]
    pub fn wait(&self) -> f64 {
        if self.utilisation() >= 1.0 {
            return f64::INFINITY;
        }
        self.waiting_probability() / (f64::from(self.servers) * self.service - self.arrivals)
    }

    /// Mean time in the queue and in work, W = Wq + 1 / mu.
    #[must_use]
    pub fn lead_time(&self) -> f64 {
        self.wait() + 1.0 / self.service
    }

    /// Mean number that waits, Lq = lambda Wq (Little 1961).
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.arrivals * self.wait()
    }

    /// Mean number that waits or is worked on, L = lambda W (Little 1961).
    #[must_use]
    pub fn wip(&self) -> f64 {
        self.arrivals * self.lead_time()
    }

    /// Probability that the wait is longer than this: C exp(-(c mu - lambda) t).
    #[must_use]
    pub fn waits_longer_than(&self, time: f64) -> f64 {
        if self.utilisation() >= 1.0 {
            return 1.0;
        }
        let spare = f64::from(self.servers) * self.service - self.arrivals;
        self.waiting_probability() * (-spare * time).exp()
    }
}

/// Mean wait of M/G/1: (1 + ce²)/2 x rho/(1 - rho) x te (Pollaczek 1930, Khinchine 1932).
#[must_use]
pub fn mg1_wait(arrivals: f64, effective_time: f64, variation: f64) -> f64 {
    kingman_wait(arrivals * effective_time, effective_time, 1.0, variation)
}

/// Mean wait of one server by Kingman's (1961) VUT formula: (ca² + ce²)/2 x rho/(1 - rho) x te.
/// Exact for M/G/1, else an approximation.
#[must_use]
pub fn kingman_wait(
    utilisation: f64,
    effective_time: f64,
    arrival_variation: f64,
    variation: f64,
) -> f64 {
    if utilisation >= 1.0 {
        return f64::INFINITY;
    }
    (arrival_variation + variation) / 2.0 * utilisation / (1.0 - utilisation) * effective_time
}

/// Mean wait of c servers by Allen and Cunneen: (ca² + ce²)/2 x the wait of M/M/c.
/// Exact for M/M/c and M/G/1, else an approximation.
#[must_use]
pub fn allen_cunneen_wait(queue: &ErlangC, arrival_variation: f64, variation: f64) -> f64 {
    let wait = queue.wait();
    if wait.is_infinite() {
        return wait;
    }
    (arrival_variation + variation) / 2.0 * wait
}

/// Squared variation of departures from c servers:
/// cd² = 1 + (1 - rho²)(ca² - 1) + rho² (ce² - 1) / sqrt(c), which for one server is
/// rho² ce² + (1 - rho²) ca² (Hopp & Spearman, ch. 8). An approximation.
#[must_use]
pub fn departure_variation(
    utilisation: f64,
    servers: u32,
    arrival_variation: f64,
    variation: f64,
) -> f64 {
    let square = utilisation.min(1.0).powi(2);
    1.0 + (1.0 - square) * (arrival_variation - 1.0)
        + square * (variation - 1.0) / f64::from(servers.max(1)).sqrt()
}

/// Squared variation with outages: c0² + (1 + cr²) A (1 - A) mr / t0 (Hopp & Spearman, ch. 8).
///
/// `repair_variation` is cr², 1 for exponential repair times. Exact where outages come at random
/// in working time.
#[must_use]
pub fn outage_variation(
    variation: f64,
    availability: f64,
    repair_time: f64,
    repair_variation: f64,
    process_time: f64,
) -> f64 {
    if availability >= 1.0 {
        return variation;
    }
    let outages = (1.0 + repair_variation) * availability * (1.0 - availability);
    variation + outages * repair_time / process_time
}

/// Squared variation with changeovers that are as likely after each item, Ns items apart on average:
/// (s² + ts² cs² / Ns + ts² (Ns - 1)/Ns²) / te², where s² is the variance without them
/// (Hopp & Spearman, ch. 8).
///
/// `own_variation` is cs², 0 for changeovers that always take the same time.
#[must_use]
pub fn changeover_variation(
    variation: f64,
    process_time: f64,
    changeover: f64,
    own_variation: f64,
    batch: f64,
) -> f64 {
    if changeover <= 0.0 {
        return variation;
    }
    let time = process_time + changeover / batch;
    let square = changeover * changeover;
    let between = square * ((batch - 1.0) / (batch * batch) + own_variation / batch);
    (variation * process_time * process_time + between) / (time * time)
}

/// Mean number in an open Jackson network of single servers: L = sum of rho/(1 - rho), of the
/// utilisation of each station (Jackson 1957). Its lead time is W = L / sum of what enters.
#[must_use]
pub fn jackson_wip(utilisations: &[f64]) -> f64 {
    if utilisations.iter().any(|rho| *rho >= 1.0) {
        return f64::INFINITY;
    }
    utilisations.iter().map(|rho| rho / (1.0 - rho)).sum()
}

/// The time within which this part of the items of an M/M/1 queue is done: -W ln(1 - q), of the
/// mean lead time W. The quantiles of several stations must not be added.
#[must_use]
pub fn mm1_quantile(lead_time: f64, part: f64) -> f64 {
    -lead_time * (-part).ln_1p()
}
