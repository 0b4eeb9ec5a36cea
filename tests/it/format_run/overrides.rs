//! What people write over the text of a model: it runs as if the text had said it.
