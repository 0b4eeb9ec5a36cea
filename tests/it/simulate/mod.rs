//! Behaviour over time: the language of equations, runs, and models of other programs.

mod language;
