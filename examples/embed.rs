//! The library in a program: `cargo run --example embed` prints the requests for the events of `examples/events.ndjson`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "an application reads files and prints"
)]

use std::error::Error;
use std::path::Path;

use mapwright::{BodyFormat, Files, Outcome};

/// The mappings in a folder. A service should also refuse symbolic links that lead out of it.
struct Folder<'a>(&'a Path);

impl Files for Folder<'_> {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        // A name in a mapping is relative to the folder of that mapping.
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let name = folder.join(name);
        let text = std::fs::read_to_string(self.0.join(&name)).map_err(|error| error.to_string())?;
        Ok((name.to_string_lossy().into_owned(), text))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engine = mapwright::load("customerio.yaml", &Folder(&project.join("mappings"))).into_engine()?;
    let settings = engine.settings(&std::fs::read_to_string(project.join("examples/settings.json"))?)?;
    let mut worker = engine.worker(&settings)?;

    let events = std::fs::read_to_string(project.join("examples/events.ndjson"))?;
    for event in events.lines() {
        let answer = worker.event(event.as_bytes());
        match &answer.outcome {
            Outcome::Requests(_) => {}
            Outcome::Dropped => println!("filtered by the mapping"),
            Outcome::Refused(refusal) => println!("refused: {refusal}"),
        }
        for request in answer.requests() {
            println!("{} {}", request.method(), request.endpoint());
            // Only the names: the values may be secret.
            let headers = request.headers();
            for (name, _) in headers.members() {
                println!("  {name}: …");
            }
            let form = if request.body_format() == BodyFormat::Form { " as a form" } else { "" };
            println!("  {}{form}", request.body());
        }
    }
    Ok(())
}
