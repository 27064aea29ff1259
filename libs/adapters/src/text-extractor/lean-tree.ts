import { defaultTreeAdapter, type DefaultTreeAdapterTypes as Tree, type TreeAdapter } from 'parse5';
import { silent } from './html-nodes';

/** The attributes that tell content from furniture; the parser itself asks for the types of inputs and of annotations. */
const kept = new Set(['class', 'id', 'role', 'hidden', 'style', 'aria-hidden', 'type', 'encoding', 'color', 'face', 'size']);
const none: never[] = [];

/**
 * The parser's tree without what is never read: addresses of links and pictures, the text of scripts and styles, comments.
 * Pages carry most of their bytes there, pictures as data above all.
 */
export const leanTree: TreeAdapter<Tree.DefaultTreeAdapterMap> = {
  ...defaultTreeAdapter,
  createElement: (tagName, namespace, attributes) => {
    const own = attributes.filter((attribute) => kept.has(attribute.name));
    return defaultTreeAdapter.createElement(tagName, namespace, own.length > 0 ? own : none);
  },
  insertText: (parent, text) => {
    if (isSilent(parent)) return;
    defaultTreeAdapter.insertText(parent, text);
    flatten(parent.childNodes.at(-1) as Tree.TextNode);
  },
};

let growing: Tree.TextNode | undefined;
let flatLength = 0;

/**
 * The parser adds text word by word, and the engine keeps such a string as a tree of its pieces, ten times its size, until
 * somebody looks inside. So this looks: whenever the string has doubled, and when the next one begins.
 */
function flatten(node: Tree.TextNode): void {
  if (growing !== node) {
    lookInside(growing?.value ?? '');
    growing = node;
    flatLength = 500;
  }
  if (node.value.length < flatLength * 2) return;
  lookInside(node.value);
  flatLength = node.value.length;
}

/** Reading it as a number makes the engine lay the string out in one piece. */
function lookInside(text: string): number {
  return Number(text);
}

function isSilent(parent: Tree.ParentNode): boolean {
  return 'tagName' in parent && parent.tagName !== 'head' && silent.has(parent.tagName);
}
