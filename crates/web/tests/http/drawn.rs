//! The forms of a page as a browser reads them: where each is sent, and with what, as it stands.

/// A form that is posted.
pub(crate) struct Form {
    pub(crate) to: String,
    /// Whether it goes out with files, in parts.
    pub(crate) in_parts: bool,
    pub(crate) fields: Vec<Field>,
}

/// What one of its fields stands with.
pub(crate) struct Field {
    pub(crate) name: String,
    /// The type of an input, or the element.
    pub(crate) kind: String,
    pub(crate) value: String,
}

impl Field {
    /// Whether anything can be typed into it.
    pub(crate) fn free(&self) -> bool {
        ["text", "email", "url", "tel", "search", "password", "textarea"].contains(&self.kind.as_str())
    }
}

/// What an attribute of an element says.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    let (_, said) = element.split_once(&format!(" {name}=\""))?;
    said.split('"').next()
}

fn read(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// Every form of a page that is posted.
pub(crate) fn forms(page: &str) -> Vec<Form> {
    page.split("<form ").skip(1).filter_map(|rest| form(rest.split("</form>").next()?)).collect()
}

/// No button is pressed in it: a form is sent by Enter as well.
fn form(markup: &str) -> Option<Form> {
    let (head, inner) = markup.split_once('>')?;
    let head = format!(" {head}");
    let to = attribute(&head, "action").filter(|_| attribute(&head, "method") == Some("post"))?;
    let mut fields: Vec<Field> = Vec::new();
    // What is drawn only by and by is sent by nobody yet.
    let inner = inner.split("<template").enumerate().map(|(place, part)| match part.split_once("</template>") {
        Some((_, behind)) if place > 0 => behind,
        _ => part,
    });
    for (element, text) in inner.flat_map(|part| part.split('<').skip(1)).filter_map(|tag| tag.split_once('>')) {
        let what = element.split(' ').next().unwrap_or_default();
        let (kind, value) = match what {
            "input" => (attribute(element, "type").unwrap_or("text"), attribute(element, "value").unwrap_or_default()),
            "textarea" => (what, text),
            "select" => (what, ""),
            "option" => {
                // The one that is chosen, or else the first.
                let value = read(attribute(element, "value").unwrap_or(text));
                let of = fields.last_mut().filter(|field| field.kind == "select" || field.kind == "chosen");
                if let Some(of) = of.filter(|of| of.kind == "select" || element.ends_with(" selected")) {
                    (of.kind, of.value) = ("chosen".to_owned(), value);
                }
                continue;
            }
            _ => continue,
        };
        let unticked = ["checkbox", "radio"].contains(&kind) && !element.contains(" checked");
        if let Some(name) = attribute(element, "name").filter(|_| !unticked) {
            fields.push(Field { name: name.to_owned(), kind: kind.to_owned(), value: read(value) });
        }
    }
    Some(Form { to: read(to), in_parts: attribute(&head, "enctype") == Some("multipart/form-data"), fields })
}

/// What a page says is wrong at a field: beneath it, and tied to it for whoever hears the page.
pub(crate) fn complaint(page: &str, field: &str) -> Option<String> {
    let named = format!(" name=\"{field}\"");
    page.split('<').filter_map(|tag| tag.split('>').next()).find_map(|element| {
        let marked = element.contains(&named) && attribute(element, "aria-invalid") == Some("true");
        let ids = attribute(element, "aria-describedby").filter(|_| marked)?;
        ids.split(' ').find_map(|id| {
            let (_, said) = page.split_once(&format!("<p class=\"err\" id=\"{id}\">"))?;
            Some(read(said.split('<').next()?))
        })
    })
}

#[test]
fn a_form_is_read_as_a_browser_reads_it() {
    let page = "<form class=\"x\" method=\"post\" action=\"/a?b=c&amp;d=e\"><input name=\"t\" type=\"text\" value=\"a&amp;b\">\
        <template id=\"line\"><input name=\"later\" type=\"text\"></template><textarea class=\"in\" name=\"area\">one</textarea>\
        <select name=\"s\"><option value=\"1\">x</option><option value=\"2\" selected>y</option></select>\
        <input type=\"checkbox\" name=\"no\" value=\"yes\"><input type=\"checkbox\" name=\"on\" value=\"yes\" checked></form>\
        <form method=\"get\" action=\"/q\"><input name=\"q\"></form>";
    let [form] = &forms(page)[..] else { panic!("one of them is posted") };
    let sent: Vec<(&str, &str)> = form.fields.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect();
    assert_eq!(sent, [("t", "a&b"), ("area", "one"), ("s", "2"), ("on", "yes")]);
    assert_eq!((form.to.as_str(), form.in_parts), ("/a?b=c&d=e", false));
    let wrong =
        "<input name=\"t\" aria-invalid=\"true\" aria-describedby=\"t-error\"><p class=\"err\" id=\"t-error\">No.</p>";
    assert_eq!((complaint(wrong, "t").as_deref(), complaint(wrong, "u")), (Some("No."), None));
    assert_eq!(complaint(&wrong.replace(" aria-invalid=\"true\"", ""), "t"), None, "marked, not only described");
}
