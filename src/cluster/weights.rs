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
    bias: -1.2,
    title: 3.0,
    text: 4.5,
    told: 0.3,
    names: 0.0,
    numbers: 0.0,
    length: -1.0,
    title_length: 0.2,
    text_length: 2.94,
    apart: -1.0,
    cohesion: 0.8,
};
