import type { DefaultTreeAdapterTypes as Tree } from 'parse5';

/** Elements whose content is never read as text. */
export const silent = new Set(
  'script style noscript template svg math iframe object embed canvas audio video map select option datalist button input textarea head'.split(
    ' ',
  ),
);

export function isElement(node: Tree.ChildNode | Tree.ParentNode): node is Tree.Element {
  return 'tagName' in node;
}

export function childrenOf(node: Tree.ParentNode): Tree.ChildNode[] {
  return node.childNodes;
}

export function attribute(element: Tree.Element, name: string): string {
  return element.attrs.find((candidate) => candidate.name === name)?.value ?? '';
}

/** All text under a node, without scripts and what `leavesOut` says; white space collapsed unless it is kept. Safe at any depth. */
export function textOf(root: Tree.ParentNode, keepsSpace = false, leavesOut?: (element: Tree.Element) => boolean): string {
  const pieces: string[] = [];
  const waiting: Tree.ChildNode[] = [...childrenOf(root)].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.nodeName === '#text') pieces.push((node as Tree.TextNode).value);
    if (!isElement(node) || silent.has(node.tagName) || leavesOut?.(node)) continue;
    if (node.tagName === 'br') pieces.push('\n');
    else if (separates.has(node.tagName)) pieces.push(' ');
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) waiting.push(node.childNodes[at]!);
  }
  const text = pieces.join('');
  return keepsSpace ? text : text.replace(/[\s\u00a0]+/gu, ' ').trim();
}

/** Whether a node holds at least so many characters of text; stops counting there. */
export function holdsText(root: Tree.ParentNode, atLeast: number): boolean {
  let length = 0;
  const waiting: Tree.ChildNode[] = [...childrenOf(root)];
  for (let node = waiting.pop(); node && length < atLeast; node = waiting.pop()) {
    if (node.nodeName === '#text') length += (node as Tree.TextNode).value.trim().length;
    if (isElement(node) && !silent.has(node.tagName)) for (const child of childrenOf(node)) waiting.push(child);
  }
  return length >= atLeast;
}

const separates = new Set('p div li ul ol td th tr dt dd h1 h2 h3 h4 h5 h6 section article blockquote'.split(' '));
