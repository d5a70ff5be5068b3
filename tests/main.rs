//! The program tried through its front doors: the command line and HTTP. One subject a file.

mod batch;
mod browser;
mod cli;
mod crash;
mod disk;
mod doctor;
mod eval;
mod french;
mod guard;
mod house;
mod http;
mod index;
mod moments;
mod odd;
mod pages;
mod pairs;
mod search;
mod shared;
mod sizes;
mod soak;
mod support;
mod table;
mod watch;
