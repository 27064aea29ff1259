import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { attribute, childrenOf, holdsText, isElement, silent, textOf } from './html-nodes';

/**
 * Where the page's own content stands: `<main>`, or the only `<article>`, if it holds enough of the text; otherwise the whole
 * page, of which {@link isBoilerplate} then leaves out more.
 */
export function findArticle(document: Tree.Document): { root: Tree.ParentNode; isWholePage: boolean } {
  const mains: Tree.Element[] = [];
  const articles: Tree.Element[] = [];
  const waiting: Tree.ChildNode[] = [...childrenOf(document)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'main' || attribute(node, 'role') === 'main') mains.push(node);
    else if (node.tagName === 'article') articles.push(node);
    for (const child of childrenOf(node)) if (isElement(child)) waiting.push(child);
  }
  const candidate = mains.length === 1 ? mains[0] : articles.length === 1 ? articles[0] : undefined;
  const isEnough = candidate !== undefined && holdsText(candidate, 200);
  return isEnough ? { root: candidate, isWholePage: false } : { root: document, isWholePage: true };
}

/**
 * Menus, scripts, hidden parts, marks of footnotes and the furniture around the content. `isWholePage`: page header and footer
 * are in reach too.
 */
export function isBoilerplate(element: Tree.Element, isWholePage: boolean): boolean {
  const name = element.tagName;
  if (silent.has(name) || name === 'nav' || name === 'aside') return true;
  if (isWholePage && (name === 'header' || name === 'footer') && !isInside(element, ['article', 'main', 'section'])) return true;
  if (name === 'sup' && /^\[\d{1,4}\]$/u.test(textOf(element))) return true;
  if ((name === 'ul' || name === 'menu') && isLinkList(element)) return true;
  if (element.attrs.length === 0) return false;
  if (furnitureRoles.has(attribute(element, 'role')) || attribute(element, 'aria-hidden') === 'true') return true;
  if (element.attrs.some((candidate) => candidate.name === 'hidden')) return true;
  if (/display\s*:\s*none/iu.test(attribute(element, 'style'))) return true;
  return (
    name !== 'body' &&
    name !== 'html' &&
    name !== 'main' &&
    furnitureNames.test(`${attribute(element, 'class')} ${attribute(element, 'id')}`)
  );
}

/** The words of a heading or of a cell: without "[edit]", marks of footnotes and hidden keys for sorting. */
export function contentOf(element: Tree.Element): string {
  return textOf(element, false, (inner) => isBoilerplate(inner, false));
}

const furnitureRoles = new Set([
  'navigation',
  'banner',
  'contentinfo',
  'search',
  'complementary',
  'menu',
  'menubar',
  'dialog',
  'alertdialog',
]);

/** Class names that say in words that this is no content; whole words only, so that `menu-of-the-day` at a restaurant stays. */
const furnitureNames =
  /(?:^|\s)(?:nav|navbar|navigation|main-menu|site-menu|sidebar|side-bar|breadcrumbs?|cookie-(?:banner|notice|consent)|skip-link|site-header|site-footer|page-footer|mw-editsection|mw-jump-link|toc|navbox|noprint|catlinks|mw-references-wrap|reflist|sr-only|visually-hidden|screen-reader-text|share-buttons|social-share|pagination)(?=\s|$)/iu;

/** Twenty short items or more that are nothing but links: a menu (other languages, all categories), whatever it is called. */
function isLinkList(list: Tree.Element): boolean {
  const items = childrenOf(list).filter(isElement);
  if (items.length < 20) return false;
  const linked = items.filter((item) => {
    const [link, ...others] = childrenOf(item).filter((child) => isElement(child) || textValue(child).trim() !== '');
    return link !== undefined && others.length === 0 && isElement(link) && link.tagName === 'a' && textOf(link).length < 40;
  });
  return linked.length > items.length * 0.9;
}

function textValue(node: Tree.ChildNode): string {
  return node.nodeName === '#text' ? (node as Tree.TextNode).value : '';
}

/** Looks a few levels up only: deeper headers belong to their section anyway. */
function isInside(element: Tree.Element, names: string[]): boolean {
  let parent = element.parentNode;
  for (let level = 0; parent && level < 12; level += 1) {
    if (!isElement(parent)) return false;
    if (names.includes(parent.tagName)) return true;
    parent = parent.parentNode;
  }
  return false;
}
