//! `ops` and `codes` list every operator and code.

use mapwright::internal::diag::CODES;
use mapwright::internal::ops::OPS;

use crate::cli::run::run;

tests![every_operator_is_listed, every_code_is_listed];

fn every_operator_is_listed() {
    let list = run(&["ops"], "");
    assert_eq!(list.code, Some(0));
    for row in OPS {
        assert!(list.out.contains(&format!("  {} ", row.name)), "{}", row.name);
    }
    for row in [OPS[0], OPS[OPS.len() - 1]] {
        let page = run(&["ops", row.name], "");
        assert_eq!(page.code, Some(0));
        for text in [row.name, row.missing.words(), row.examples[0].step, row.examples[0].output] {
            assert!(page.out.contains(text), "{text}: {}", page.out);
        }
    }
}

fn every_code_is_listed() {
    let list = run(&["codes"], "");
    assert_eq!(list.code, Some(0));
    for row in CODES {
        assert!(list.out.contains(&format!("  {} ", row.id)), "{}", row.id);
    }
    for row in [&CODES[0], &CODES[CODES.len() - 1]] {
        for name in [row.id, row.name, &row.id.to_lowercase()] {
            let page = run(&["codes", name], "");
            assert_eq!(page.code, Some(0), "{name}");
            assert!(page.out.starts_with(row.id), "{}", page.out);
        }
    }
}
