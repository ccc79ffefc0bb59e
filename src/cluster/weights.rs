//! The figures of the pair score, and how they were fitted.

/// Weights of a logistic score over [`super::Evidence`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    pub bias: f64,
    pub title: f64,
    pub text: f64,
    pub told: f64,
    pub names: f64,
    pub numbers: f64,
    pub length: f64,
    pub title_length: f64,
    pub text_length: f64,
    pub apart: f64,
    pub cohesion: f64,
}

pub const FITTED: Weights = Weights {
    bias: 0.63,
    title: 3.1,
    text: 5.2,
    told: 3.1,
    names: 0.8,
    numbers: 0.0,
    length: -1.95,
    title_length: 0.43,
    text_length: 2.75,
    apart: -1.0,
    cohesion: 0.98,
};
