//! The public API: each name at the crate root with its methods, fields and variants. It is kept in a snapshot, so that
//! changes are noticed in review. Items that are `#[doc(hidden)]` are not part of it.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Attribute, ImplItem, Item, TraitItem, Type, UseTree, Visibility};

use crate::load::{files_below, project, text};

tests![the_public_api_matches_the_snapshot];

/// Crates whose types must not occur in a public signature, since their breaking changes would then be ours.
const FOREIGN: [&str; 5] = ["bumpalo", "minijinja", "regex", "serde_json", "jsonschema"];

fn hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let tokens = attribute.to_token_stream().to_string();
        tokens.contains("doc (hidden)") || tokens.contains("cfg (test)")
    })
}

fn public(visibility: &Visibility, attributes: &[Attribute]) -> bool {
    matches!(visibility, Visibility::Public(_)) && !hidden(attributes)
}

fn written(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string();
    let closer = [
        ("# [", "#["),
        (" :: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" (", "("),
        (" ,", ","),
        (" : ", ": "),
        (" ; ", "; "),
        ("' ", "'"),
    ];
    closer.iter().fold(text, |text, (wide, narrow)| text.replace(wide, narrow))
}

/// The attributes that are part of the API: derived traits and `non_exhaustive`.
fn attributes(attributes: &[Attribute]) -> String {
    let is_relevant = |attribute: &&Attribute| {
        attribute.path().is_ident("derive") || attribute.path().is_ident("non_exhaustive")
    };
    attributes.iter().filter(is_relevant).map(|attribute| written(attribute) + "\n").collect()
}

/// Collects the names that a `use` imports, with the module of each.
fn imported(tree: &UseTree, from: &str, names: &mut BTreeMap<String, String>) {
    match tree {
        UseTree::Path(path) if from.is_empty() => imported(&path.tree, &path.ident.to_string(), names),
        UseTree::Path(path) => imported(&path.tree, from, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, from, names)),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string(), from.to_owned())),
        other => panic!("the root re-exports names one by one: {}", written(other)),
    }
}

/// The signatures of the function, type or trait `name` and of its members, among the items of its module.
fn described(name: &str, items: &[Item]) -> Vec<String> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Fn(item) if item.sig.ident == name => found.push(written(&item.sig)),
            Item::Struct(item) if item.ident == name => {
                found.push(format!("{}struct {name}{}", attributes(&item.attrs), written(&item.generics)));
                let fields = item.fields.iter().filter(|field| public(&field.vis, &field.attrs));
                let field = |field: &syn::Field| {
                    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                    format!("    {name}: {}", written(&field.ty))
                };
                found.extend(fields.map(field));
            }
            Item::Enum(item) if item.ident == name => {
                found.push(format!("{}enum {name}{}", attributes(&item.attrs), written(&item.generics)));
                let field = |field: &syn::Field| {
                    let name = field.ident.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
                    name + &written(&field.ty)
                };
                found.extend(item.variants.iter().map(|variant| {
                    let fields: Vec<String> = variant.fields.iter().map(field).collect();
                    format!("    {} {}", variant.ident, fields.join(", ")).trim_end().to_owned()
                }));
            }
            Item::Trait(item) if item.ident == name => {
                found.push(format!("trait {name}"));
                found.extend(item.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(method) => Some(format!("    {}", written(&method.sig))),
                    _ => None,
                }));
            }
            Item::Impl(item) if !hidden(&item.attrs) => found.extend(implemented(name, item)),
            _ => {}
        }
    }
    found
}

/// What an `impl` block adds to the type or trait `name`.
fn implemented(name: &str, item: &syn::ItemImpl) -> Vec<String> {
    let is_self = matches!(&*item.self_ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name));
    match &item.trait_ {
        Some((_, path, _)) if is_self || path.segments.last().is_some_and(|last| last.ident == name) => {
            vec![format!("    impl {} for {}", written(path), written(&item.self_ty))]
        }
        None if is_self => {
            let methods = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if public(&method.vis, &method.attrs) => {
                    Some(format!("    {}", written(&method.sig)))
                }
                _ => None,
            });
            methods.collect()
        }
        _ => Vec::new(),
    }
}

fn the_public_api_matches_the_snapshot() {
    let root = syn::parse_file(&text(&project().join("src/lib.rs"))).expect("lib.rs");
    let mut names = BTreeMap::new();
    for item in &root.items {
        match item {
            Item::Use(item) if public(&item.vis, &item.attrs) => imported(&item.tree, "", &mut names),
            Item::Use(_) | Item::Mod(_) => {}
            other => panic!("the root holds modules and re-exports only: {}", written(other)),
        }
        if let Item::Mod(item) = item {
            assert!(!public(&item.vis, &item.attrs), "the module {} is public", item.ident);
        }
    }
    let mut surface = format!("{} names\n", names.len());
    for (name, module) in names {
        let mut lines = Vec::new();
        let files = files_below(&format!("src/{module}"), "rs").into_iter();
        for file in files.filter(|file| !file.to_string_lossy().replace('\\', "/").contains("/tests")) {
            let items = syn::parse_file(&text(&file)).expect("a source file").items;
            lines.extend(described(&name, &items));
        }
        // The definition first, then its members.
        lines.sort_by_key(|line| line.starts_with("    "));
        assert!(
            lines.first().is_some_and(|line| !line.starts_with("    ")),
            "{name} is not found in src/{module}"
        );
        for line in &lines {
            let foreign = FOREIGN.iter().find(|foreign| line.contains(**foreign));
            assert!(foreign.is_none(), "{name}: {line}");
        }
        surface.push('\n');
        surface.push_str(&lines.join("\n"));
        surface.push('\n');
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("surface", surface));
}
