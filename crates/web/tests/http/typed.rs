//! A form of a page as a browser sends it: what stands in it, until somebody types something else.

/// Names with what stands there, in the order of the form; a pattern for further rows is none of it.
#[derive(Debug, Clone)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Of the editor's page.
    pub(crate) fn of_editor(page: &str) -> Self {
        let form = page.split_once(" data-editor").unwrap_or_else(|| panic!("no editor in {page}")).1;
        let form = form.split_once("</form>").unwrap().0;
        let (before, pattern) = form.split_once("<template").unwrap();
        Self(fields(&(before.to_owned() + pattern.split_once("</template>").unwrap().1)))
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or_else(|| panic!("no {name} in {:?}", self.0), |(_, value)| value)
    }

    /// Types over what stands there; a field that only a script would add comes last.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Takes a row out.
    pub(crate) fn without(mut self, row: &str) -> Self {
        self.0.retain(|(known, _)| !known.starts_with(&format!("{row}-")));
        self
    }

    pub(crate) fn pairs(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}

fn fields(form: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut first = false;
    for tag in form.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').unwrap();
        let named = |name: &str| Some(unescaped(tag.split_once(&format!(" {name}=\""))?.1.split('"').next()?));
        match tag.split(' ').next().unwrap() {
            "input" => found.extend(named("name").map(|name| (name, named("value").unwrap_or_default()))),
            "select" => {
                found.extend(named("name").map(|name| (name, String::new())));
                first = true;
            }
            "textarea" => found.extend(named("name").map(|name| (name, unescaped(text)))),
            // What is chosen, or the first one.
            "option" if std::mem::take(&mut first) || tag.split(' ').any(|part| part == "selected") => {
                found.last_mut().unwrap().1 = named("value").unwrap();
            }
            _ => {}
        }
    }
    found
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
