//! `catchball chart`: a series goes in, the figures of its chart come out, or a picture of it.
//!
//! It asks no database and no setting. [`input`] reads a table or a JSON object, [`options`] reads what was chosen,
//! [`answer`] puts the figures together and [`picture`] draws. Only this file touches files and streams; what is wrong
//! with the input is said in one sentence.

pub mod answer;
pub mod input;
pub mod options;
pub mod picture;

use anyhow::anyhow;
use input::Series;
use options::Chosen;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What can be said on the command line.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A CSV table or a JSON object; standard input if it is left out or is `-`.
    file: Option<PathBuf>,
    /// Options as a JSON object, for a table that cannot hold any: `--options '{"baseline": [0, 20]}'`.
    #[arg(long, value_name = "JSON")]
    options: Option<String>,
    /// Draw the chart into this file instead of printing figures.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// Reads, judges and answers: the text for standard output, empty when a picture was drawn.
pub fn run(arguments: &Arguments) -> anyhow::Result<String> {
    let text = read(arguments.file.as_deref())?;
    let (series, given) = Series::read(&text, arguments.options.as_deref())?;
    let chosen = Chosen::read(&given, &series)?;
    match &arguments.svg {
        None => Ok(format!("{:#}\n", answer::answer(&series, &chosen))),
        Some(path) => {
            let written = std::fs::write(path, picture::picture(&series, &chosen));
            written.map_err(|error| refuse_file("could not be written", path, &error))?;
            Ok(String::new())
        }
    }
}

fn read(file: Option<&Path>) -> anyhow::Result<String> {
    let bytes = match file.filter(|path| *path != Path::new("-")) {
        Some(path) => std::fs::read(path).map_err(|error| refuse_file("could not be read", path, &error))?,
        None => {
            let mut bytes = Vec::new();
            let taken = std::io::stdin().read_to_end(&mut bytes);
            taken.map_err(|error| anyhow!("Standard input could not be read: {error}."))?;
            bytes
        }
    };
    String::from_utf8(bytes).map_err(|_| anyhow!("The input is not text in UTF-8."))
}

fn refuse_file(what: &str, path: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!("{} {what}: {error}.", path.display())
}
