//! `mapwright completions` and `mapwright man`: files made from the definitions of the arguments. They are part of the
//! repository, so that building the command does not need the crates that make them; `cargo xtask docs` writes them.

use clap::ValueEnum;
use mapwright::internal::diag::did_you_mean;

use super::exit::{CommandError, Exit, VerbResult};
use super::terminal;

/// Print the completions of a shell: then Tab completes verbs, options and values
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  mapwright completions bash > ~/.local/share/bash-completion/completions/mapwright
  mapwright completions zsh > ~/.zfunc/_mapwright      (with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc)
  mapwright completions fish > ~/.config/fish/completions/mapwright.fish
  mapwright completions powershell >> $PROFILE")]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Print the manual page of the command or of a verb, for `man`
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  mapwright man | man -l -
  mapwright man transform > ~/.local/share/man/man1/mapwright-transform.1")]
pub(super) struct ManArgs {
    /// A verb such as `transform` [default: the page of the command]
    #[arg(value_name = "VERB")]
    verb: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "PowerShell is the name of a shell")]
enum Shell {
    Bash,
    Elvish,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Zsh,
}

/// The manual pages, by verb.
const PAGES: &[(&str, &str)] = &[
    ("", include_str!("../../man/mapwright.1")),
    ("codes", include_str!("../../man/mapwright-codes.1")),
    ("completions", include_str!("../../man/mapwright-completions.1")),
    ("explain", include_str!("../../man/mapwright-explain.1")),
    ("help", include_str!("../../man/mapwright-help.1")),
    ("man", include_str!("../../man/mapwright-man.1")),
    ("new", include_str!("../../man/mapwright-new.1")),
    ("ops", include_str!("../../man/mapwright-ops.1")),
    ("schema", include_str!("../../man/mapwright-schema.1")),
    ("test", include_str!("../../man/mapwright-test.1")),
    ("transform", include_str!("../../man/mapwright-transform.1")),
    ("validate", include_str!("../../man/mapwright-validate.1")),
];

/// Runs `completions`.
pub(super) fn completions(args: &CompletionsArgs) -> VerbResult {
    terminal::print(match args.shell {
        Shell::Bash => include_str!("../../completions/mapwright.bash"),
        Shell::Elvish => include_str!("../../completions/mapwright.elv"),
        Shell::Fish => include_str!("../../completions/mapwright.fish"),
        Shell::PowerShell => include_str!("../../completions/_mapwright.ps1"),
        Shell::Zsh => include_str!("../../completions/_mapwright"),
    })?;
    Ok(Exit::Success)
}

/// Runs `man`.
pub(super) fn man(args: &ManArgs) -> VerbResult {
    let verb = args.verb.as_deref().unwrap_or_default();
    let Some((_, page)) = PAGES.iter().find(|(name, _)| *name == verb) else {
        let meant = did_you_mean(verb, PAGES.iter().map(|(name, _)| *name));
        return Err(CommandError::Message(format!("there is no verb `{verb}`{meant}")));
    };
    terminal::print(page)?;
    Ok(Exit::Success)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use clap::{Command, CommandFactory};
    use clap_complete::{Shell, generate};
    use clap_mangen::Man;

    use super::PAGES;

    /// The files with their texts.
    fn files() -> Vec<(String, String)> {
        let mut command = crate::cli::Command::command();
        command.build();
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).expect("UTF-8");
            text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect::<String>()
        };
        let mut files = Vec::new();
        for (shell, name) in [
            (Shell::Bash, "mapwright.bash"),
            (Shell::Elvish, "mapwright.elv"),
            (Shell::Fish, "mapwright.fish"),
            (Shell::PowerShell, "_mapwright.ps1"),
            (Shell::Zsh, "_mapwright"),
        ] {
            let mut bytes = Vec::new();
            generate(shell, &mut crate::cli::Command::command(), "mapwright", &mut bytes);
            files.push((format!("completions/{name}"), text(bytes)));
        }
        files.push(("man/mapwright.1".to_owned(), text(manual(&command))));
        for verb in command.get_subcommands() {
            let name = format!("mapwright-{}", verb.get_name());
            files.push((format!("man/{name}.1"), text(manual(verb))));
        }
        files
    }

    /// A manual page in which the examples and the exit codes keep their lines.
    fn manual(command: &Command) -> Vec<u8> {
        let title = command.get_display_name().unwrap_or(command.get_name()).to_uppercase();
        let (man, mut page) =
            (Man::new(command.clone()).title(title).source("mapwright").date(""), Vec::new());
        let rendered = man
            .render_title(&mut page)
            .and_then(|()| man.render_name_section(&mut page))
            .and_then(|()| man.render_synopsis_section(&mut page))
            .and_then(|()| man.render_description_section(&mut page))
            .and_then(|()| man.render_options_section(&mut page))
            .and_then(|()| {
                if command.has_subcommands() { man.render_subcommands_section(&mut page) } else { Ok(()) }
            });
        rendered.expect("it is written to memory");
        if let Some(end) = command.get_after_help() {
            page.extend_from_slice(b".SH \"EXAMPLES AND EXIT CODES\"\n.nf\n");
            for line in end.to_string().lines() {
                let line = line.replace('\\', "\\\\").replace('-', "\\-");
                // A line that begins with a dot or an apostrophe would be a request.
                page.extend_from_slice(format!("\\&{line}\n").as_bytes());
            }
            page.extend_from_slice(b".fi\n");
        }
        page
    }

    #[test]
    fn every_verb_has_a_page() {
        let mut command = crate::cli::Command::command();
        command.build();
        let mut verbs: Vec<_> = command.get_subcommands().map(Command::get_name).chain([""]).collect();
        verbs.sort_unstable();
        assert_eq!(PAGES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), verbs);
    }

    /// With `WRITE_FILES` set, which `cargo xtask docs` does, the files are written instead.
    #[test]
    fn files_are_up_to_date() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let write = std::env::var_os("WRITE_FILES").is_some();
        for (name, text) in files() {
            let path = root.join(&name);
            if write {
                std::fs::write(&path, &text).expect("it can be written");
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert!(written == text, "{name} is out of date: run `cargo xtask docs`");
        }
    }
}
