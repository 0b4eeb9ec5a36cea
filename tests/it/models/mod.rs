//! Models of Vensim and XMILE against independent computations: signs that equations prove against
//! values worked out, and links of real models against a second, slow reader of equations.

mod offered;
mod oracle;
mod signs;
mod whole;
