//! Random mappings around one secret.

use serde_json::{Map, Value, json};

use fuzz::random::Random;

/// The settings of the mappings.
pub(super) fn settings(secret: &str) -> String {
    let (short, long) = (&secret[..12], format!("https://{secret}.example.com/{secret}?a={secret}"));
    json!({
        "key": secret,
        "list": [secret, "open", { "in": secret }],
        "map": { secret: 1, "in": secret, "sku": [secret] },
        "pairs": [[secret, secret], ["a", short]],
        "json": format!("{{\"{secret}\":[\"{secret}\"]}}"),
        "url": long,
        "shown": "public",
    })
    .to_string()
}

pub(super) const EVENT: &str = r#"{"type":"track","name":"Ann","kind":"open","number":3,"list":["a","open"],
    "box":{"in":1,"deep":{"a":"b"}},"items":[{"sku":"x","n":1},{"sku":"in","n":2}]}"#;

/// What is known of a value, so that most mappings load: no operator gets what it cannot take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It can be anything.
    Any,
    Text,
    List,
    Map,
}

use Kind::{Any, List, Map as AMap, Text};

/// Paths with what they lead to. Of the settings, the mapping does not say.
const PATHS: &[(&str, Kind)] = &[
    ("$config.key", Any),
    ("$config.key", Any),
    ("$config.list", Any),
    ("$config.list[0]", Any),
    ("$config.list[*]", List),
    ("$config.map", Any),
    ("$config.map.in", Any),
    ("$config.map.sku", Any),
    ("$config.pairs", Any),
    ("$config.json", Any),
    ("$config.url", Any),
    ("$config", Any),
    ("$config..in", List),
    ("$.name", Any),
    ("$.list", Any),
    ("$.items", Any),
    ("$.items[*].sku", List),
    ("$.box", Any),
    ("$config.shown", Any),
    ("$metadata", Any),
    // Paths that `prepare` can put a secret into.
    ("$", AMap),
    ("$.k", Any),
    ("$.box.k", Any),
    ("$.box.k.in", Any),
    ("$..k", List),
    ("$.box.deep", Any),
    ("$.box.deep.a", Any),
    ("$.k[0]", Any),
    ("$..*", List),
    ("$.k.in", Any),
];

const FILTERS: &[&str] = &[
    " | lowercase",
    " | uppercase",
    " | base64",
    " | base64 | base64",
    " | url_encode",
    " | truncate(20)",
    " | slice([0, 20])",
    " | to_json",
    " | trim",
    " | string",
    "",
    "",
    "",
];

/// Steps as JSON, with what they take and give.
const STEPS: &[(&str, Kind, Kind)] = &[
    (r#""lowercase""#, Text, Text),
    (r#""uppercase""#, Text, Text),
    (r#""base64""#, Text, Text),
    (r#""base64""#, Text, Text),
    (r#""url_encode""#, Text, Text),
    (r#""trim""#, Text, Text),
    (r#""hash""#, Text, Text),
    (r#"{"truncate":21}"#, Text, Text),
    (r#"{"slice":[0,20]}"#, Text, Text),
    (r#"{"replace":{"text":"a","with":"aa"}}"#, Text, Text),
    (r#"{"url_part":"path"}"#, Text, Text),
    (r#"{"url_part":"host"}"#, Text, Text),
    (r#"{"keep_if":{"contains":"$config.key"}}"#, Text, Text),
    (r#"{"map_values":{"open":"a"}}"#, Text, Text),
    (r#"{"lookup":"$config.map"}"#, Text, Any),
    (r#"{"lookup":"$.box"}"#, Text, Any),
    (r#""parse_json""#, Text, Any),
    (r#"{"split":""}"#, Text, List),
    (r#"{"split":"."}"#, Text, List),
    (r#""first""#, List, Any),
    (r#""unique""#, List, List),
    (r#"{"slice":[0,2]}"#, List, List),
    (r#"{"join":""}"#, List, Text),
    (r#"{"join":"."}"#, List, Text),
    (r#""flatten""#, List, AMap),
    (r#""from_pairs""#, List, AMap),
    (r#""flatten""#, AMap, AMap),
    (r#""compact""#, AMap, AMap),
    (r#"{"only":["in","sku","k"]}"#, AMap, AMap),
    (r#"{"except":["in"]}"#, AMap, AMap),
    (r#"{"rename":{"in":"out"}}"#, AMap, AMap),
    (r#"{"each_value":["string","lowercase"]}"#, AMap, AMap),
    (r#"{"each_value":{"lookup":"$config.map"}}"#, AMap, AMap),
    (r#"{"at_path":"in"}"#, AMap, Any),
    (r#"{"at_path":"$config.key"}"#, AMap, Any),
    (r#""to_json""#, Any, Text),
    (r#""to_list""#, Any, List),
    (r#""string""#, Any, Text),
];

/// A random mapping as YAML.
pub(super) struct Generator<'r> {
    pub(super) random: &'r mut Random,
    /// The fields so far.
    fields: Vec<Kind>,
}

impl<'r> Generator<'r> {
    pub(super) fn new(random: &'r mut Random) -> Self {
        Self { random, fields: Vec::new() }
    }

    /// The text of a mapping. JSON is YAML.
    pub(super) fn mapping(&mut self) -> String {
        let mut mapping = json!({
            "destination": "shop",
            "language": 1,
            "config": { "key": { "required": true }, "shown": { "secret": false } },
        });
        let prepare: Vec<Value> = (0..self.random.below(3)).map(|_| self.preparation()).collect();
        let mut fields = Map::new();
        for number in 0..self.random.below(4) {
            let (field, kind) = self.value(2, "");
            fields.insert(format!("f{number}"), field);
            self.fields.push(kind);
        }
        if !prepare.is_empty() {
            mapping["prepare"] = prepare.into();
        }
        if !fields.is_empty() {
            mapping["fields"] = fields.into();
        }
        if self.random.one_in(3) {
            mapping["request"] = json!({ "headers": { "Authorization": self.template("") } });
        }
        let mut first = json!({ "name": "first", "when": { "$.type": "track" }, "request": self.request() });
        if self.random.one_in(3) {
            first["require"] = json!([{ "check": self.condition(), "error": self.message() }]);
        }
        mapping["rules"] = json!([first, { "name": "rest", "fail": self.message() }]);
        mapping.to_string()
    }

    fn preparation(&mut self) -> Value {
        let place = self.random.pick(&["$", "$", "$.box", "$.box.deep", "$.k"]);
        let key = match self.random.below(6) {
            0 => json!("$config.key"),
            1 => json!("{{ event.kind }}"),
            _ => json!("k"),
        };
        let mut preparation = json!({ "set": [{ "in": place, "key": key, "to": self.of_kind(Any, 2, "") }] });
        if self.random.one_in(3) {
            preparation["when"] = self.condition();
        }
        preparation
    }

    fn condition(&mut self) -> Value {
        let (path, _) = self.path("");
        match self.random.below(4) {
            0 => json!({ "not": path }),
            1 => json!({ path: { "contains": "o" } }),
            2 => json!({ path: self.path("").0 }),
            _ => path.into(),
        }
    }

    fn request(&mut self) -> Value {
        let endpoint = match self.random.below(3) {
            0 => "https://api.example.com/x/{{ event.name | url_encode }}?key={{ config.key | url_encode }}"
                .to_owned(),
            _ => "https://api.example.com/x".to_owned(),
        };
        let mut request =
            json!({ "endpoint": endpoint, "headers": { "X": self.template(""), "Y": self.template("") } });
        let scope = if self.random.one_in(4) {
            request["for_each"] = self.of_kind(List, 1, "");
            "item"
        } else {
            ""
        };
        request["body"] = match self.random.below(4) {
            0 => json!({ "merge": [self.members(3, scope), self.of_kind(AMap, 2, scope)] }),
            1 => json!({ "from": [self.of_kind(AMap, 2, scope)], "default": self.members(1, scope) }),
            _ => self.members(3, scope),
        };
        match self.random.below(6) {
            0 => {
                request["format"] = "json_array".into();
                request["body"] = self.of_kind(List, 2, scope);
            }
            1 => {
                request["format"] = "form".into();
                request["body"] = json!({ "f": self.template(scope) });
            }
            _ => {}
        }
        if self.random.one_in(3) {
            request["label"] = self.template(scope);
        }
        if self.random.one_in(3) {
            request["user"] = self.template(scope);
        }
        if self.random.one_in(4) {
            request["params"] = json!({ "p": self.template(scope), "q": self.path(scope).0 });
        }
        request
    }

    fn members(&mut self, depth: usize, scope: &str) -> Value {
        let names = ["a", "b", "c"];
        let members = names
            .iter()
            .take(1 + self.random.below(3))
            .map(|name| ((*name).to_owned(), self.of_kind(Any, depth, scope)));
        Value::Object(members.collect())
    }

    /// A path with what it leads to.
    fn path(&mut self, scope: &str) -> (String, Kind) {
        let (path, kind) = match self.random.below(6) {
            0 | 1 if scope == "item" => {
                (self.random.pick(&["$item", "$item", "$item.in", "$item.sku", "$item[0]"]).to_owned(), Any)
            }
            0 | 1 if !self.fields.is_empty() => {
                let number = self.random.below(self.fields.len());
                let kind = self.fields[number];
                let (rest, rest_kind) = match (kind, self.random.below(3)) {
                    (Any | AMap, 0) => (".in", Any),
                    (Any | AMap, 1) => ("..a", List),
                    (List, 0) => ("[0]", Any),
                    _ => ("", kind),
                };
                (format!("$f{number}{rest}"), rest_kind)
            }
            _ => {
                let (path, kind) = PATHS[self.random.below(PATHS.len())];
                (path.to_owned(), kind)
            }
        };
        (path, kind)
    }

    fn placeholder(&mut self, scope: &str) -> String {
        let text = self.fields.iter().position(|kind| matches!(kind, Text | Any));
        match (self.random.below(7), text) {
            (0, _) if !scope.is_empty() => scope.to_owned(),
            (1 | 2, _) => {
                self.random.pick(&["config.key", "config.url", "config.json", "config.map.in"]).to_owned()
            }
            (3, _) => self.random.pick(&["event.k", "event.box.k", "event.box.deep.a"]).to_owned(),
            (4, Some(number)) => format!("f{number}"),
            _ => self.random.pick(&["event.name", "event.kind", "config.shown"]).to_owned(),
        }
    }

    fn template(&mut self, scope: &str) -> Value {
        let (name, filter) = (self.placeholder(scope), self.random.pick(FILTERS));
        let other = self.placeholder(scope);
        json!(match self.random.below(6) {
            0 => format!("{{% if {other} %}}{{{{ {name}{filter} }}}}{{% else %}}none{{% endif %}}"),
            1 => format!("{{{{ {name} or {other} }}}}"),
            2 => format!("{{{{ {name}{filter} }}}}"),
            3 => format!("{{{{ event.nothing or {name} }}}}-{{{{ {other} }}}}"),
            _ => format!("a {{{{ {name}{filter} }}}} b {{{{ {other} }}}}"),
        })
    }

    /// A message of an error. Few have a secret in them, since the mapping would not load.
    fn message(&mut self) -> Value {
        match self.random.below(16) {
            0 => self.template(""),
            1 => json!("{{ event.k }} is wrong"),
            2 => json!("{{ event.box.deep.a }} is wrong"),
            3 => json!("{{ event.name | truncate(event.kind) }}{% if event.k %}!{% endif %}"),
            _ => json!("{{ event.name }} of kind {{ event.kind }} is wrong"),
        }
    }

    fn leaf(&mut self, scope: &str) -> (Value, Kind) {
        match self.random.below(4) {
            0 => (self.template(scope), Text),
            1 => (json!(format!("open{}", self.random.below(100))), Text),
            _ => {
                let (path, kind) = self.path(scope);
                (path.into(), kind)
            }
        }
    }

    /// A value of this kind, or one that can be.
    fn of_kind(&mut self, wanted: Kind, depth: usize, scope: &str) -> Value {
        for _ in 0..4 {
            let (value, kind) = self.value(depth, scope);
            if wanted == Any || kind == Any || kind == wanted {
                return value;
            }
        }
        match wanted {
            Any | Text => "$config.key".into(),
            List => "$config.list".into(),
            AMap => "$config.map".into(),
        }
    }

    fn value(&mut self, depth: usize, scope: &str) -> (Value, Kind) {
        if depth == 0 {
            return self.leaf(scope);
        }
        let inner = depth - 1;
        match self.random.below(10) {
            0 => (self.members(inner, scope), AMap),
            1 => (json!([self.of_kind(Any, inner, scope), self.of_kind(Any, inner, scope)]), List),
            2 => (json!({ "merge": [self.of_kind(AMap, inner, scope), self.members(inner, scope)] }), AMap),
            3 => (
                json!({ "concat": [self.of_kind(Any, inner, scope), self.of_kind(Any, inner, scope)] }),
                List,
            ),
            4 => {
                let items = self.of_kind(List, inner, scope);
                (json!({ "for_each": items, "make": self.of_kind(Any, inner, "item") }), List)
            }
            5 => self.leaf(scope),
            _ => self.rule(inner, scope),
        }
    }

    fn rule(&mut self, depth: usize, scope: &str) -> (Value, Kind) {
        let (first, mut kind) = self.value(depth, scope);
        let mut rule = json!({ "from": [first] });
        if self.random.one_in(2) {
            rule["from"] = json!([rule["from"][0], self.of_kind(kind, depth, scope)]);
            kind = Any;
        }
        if self.random.one_in(3) {
            rule["when"] = self.condition();
        }
        let mut steps: Vec<Value> = Vec::new();
        for _ in 0..self.random.below(5) {
            let (step, takes, gives) = STEPS[self.random.below(STEPS.len())];
            if kind == Any || takes == Any || takes == kind {
                steps.push(serde_json::from_str(step).expect("a step"));
                kind = gives;
            }
        }
        if !steps.is_empty() {
            rule["transform"] = steps.into();
        }
        if matches!(kind, Any | Text) && self.random.one_in(3) {
            rule["template"] = self.template("value");
            kind = Text;
        }
        if self.random.one_in(4) {
            rule["default"] = self.of_kind(kind, depth, scope);
        }
        if self.random.one_in(8) {
            rule["required"] = self.message();
        }
        (rule, kind)
    }
}
