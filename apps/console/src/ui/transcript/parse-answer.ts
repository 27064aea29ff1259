export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'citation'; n: number }
  /** Stands behind a sentence that no source carries. */
  | { kind: 'unsupported' };

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'code'; text: string };

/** Reads the Markdown that answers use into nodes. Unknown syntax stays text; only http, https, mailto and tel become links. */
export function parseAnswer(text: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let code: string[] | undefined;
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', children: parseInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    if (/^\s*```/.test(line)) {
      endParagraph();
      if (code) blocks.push({ kind: 'code', text: code.join('\n') });
      code = code ? undefined : [];
      continue;
    }
    if (code) {
      code.push(line);
      continue;
    }
    const item = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/.exec(line);
    const heading = /^#{1,6}\s+(.*)$/.exec(line);
    if (item || heading || line.trim() === '') endParagraph();
    if (item) addItem(blocks, item[1] !== undefined, item[2] ?? '');
    else if (heading) blocks.push({ kind: 'heading', children: parseInline(heading[1] ?? '') });
    else if (line.trim() !== '') paragraph.push(line);
  }
  endParagraph();
  if (code) blocks.push({ kind: 'code', text: code.join('\n') });
  return blocks;
}

function addItem(blocks: Block[], ordered: boolean, text: string): void {
  const last = blocks.at(-1);
  if (last?.kind === 'list' && last.ordered === ordered) last.items.push(parseInline(text));
  else blocks.push({ kind: 'list', ordered, items: [parseInline(text)] });
}

const inline = /\[(\d{1,3}|\?)\](?!\()|\*\*([^*]+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(?<![\w*])\*([^*\s][^*]*)\*(?!\w)/g;

function parseInline(text: string): Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > end) nodes.push({ kind: 'text', text: text.slice(end, match.index) });
    end = match.index + match[0].length;
    const [whole, number, strong, code, label, href, emphasis] = match;
    if (number === '?') nodes.push({ kind: 'unsupported' });
    else if (number) nodes.push({ kind: 'citation', n: Number(number) });
    else if (strong) nodes.push({ kind: 'strong', children: parseInline(strong) });
    else if (code) nodes.push({ kind: 'code', text: code });
    else if (emphasis) nodes.push({ kind: 'emphasis', children: parseInline(emphasis) });
    else if (label && href && /^(https?|mailto|tel):/i.test(href)) nodes.push({ kind: 'link', text: label, href });
    else nodes.push({ kind: 'text', text: whole });
  }
  if (end < text.length) nodes.push({ kind: 'text', text: text.slice(end) });
  return nodes;
}
