/** How many terminals are open in this page. */
let users = 0;

/**
 * Lets xterm style itself under a policy that forbids inline styles, while a terminal is open. It writes rules into
 * `<style>` elements and colours into `style` attributes, which `style-src 'self'` refuses; constructed style sheets and an
 * element's own style object are not inline, and are given in their place by what the document creates. (xterm's option
 * `documentOverride` would spare the document, but 6.0 makes its rows with the page's own all the same.) Answers how to end.
 */
export function allowStyles(page: Document): () => void {
  users += 1;
  if (users === 1) page.createElement = (name: string, options?: ElementCreationOptions) => create(page, name, options);
  return () => {
    users -= 1;
    // The document's own is the one of its prototype.
    if (users === 0) Reflect.deleteProperty(page, "createElement");
  };
}

function create(page: Document, name: string, options?: ElementCreationOptions): HTMLElement {
  if (name === "style") return standIn(page);
  const element = Document.prototype.createElement.call(page, name, options);
  element.setAttribute = (attribute, value) => {
    if (attribute === "style") element.style.cssText = value;
    else Element.prototype.setAttribute.call(element, attribute, value);
  };
  return element;
}

/** What looks like a style element to who writes its text, and is a style sheet of the page until it is removed. */
function standIn(page: Document): HTMLElement {
  const sheet = new CSSStyleSheet();
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  const element = Document.prototype.createElement.call(page, "template");
  let text = "";
  Object.defineProperty(element, "textContent", {
    get: () => text,
    set: (rules: string) => {
      text = rules;
      sheet.replaceSync(rules);
    },
  });
  element.remove = () => {
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((one) => one !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}
