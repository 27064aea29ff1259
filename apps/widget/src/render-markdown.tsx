import { h, type ComponentChildren } from 'preact';

/** Makes the small numbered link for `[n]`, or nothing when the answer has no such citation; for `[?]`, which is not a number, the mark of what no source carries. */
export type RenderCitation = (n: number) => ComponentChildren;

/**
 * Turns the Markdown of an answer into nodes: paragraphs, headings, lists, bold, italic, code and links to http, https,
 * mailto and tel. Everything else, images and HTML too, stays text. Total: any string, cut anywhere, gives safe nodes.
 */
export function renderMarkdown(text: string, citation: RenderCitation): ComponentChildren {
  return text.split(/^(```[^]*?(?:^```.*$|$(?![^])))/m).map((part, index) =>
    index % 2 ? (
      <pre tabIndex={0}>
        <code>{part.replace(/^```.*\n?|\n?```.*$/g, '')}</code>
      </pre>
    ) : (
      blocks(part, citation)
    ),
  );
}

/** Runs of lines of the same kind become one paragraph or one list. */
function blocks(text: string, citation: RenderCitation) {
  const done: ComponentChildren[] = [];
  let kind = '';
  let lines: ComponentChildren[] = [];
  const close = () => {
    if (lines.length) done.push(h(kind, { children: lines }));
    lines = [];
  };
  for (const line of text.split('\n')) {
    const [, bullet, number, heading] = /^\s*(?:([-*+])|(\d{1,9})[.)]|(#{1,6}))\s/.exec(line) ?? [];
    const next = bullet ? 'ul' : number ? 'ol' : 'p';
    if (next !== kind || heading || !line.trim()) close();
    kind = next;
    const rest = inline(bullet || number || heading ? line.trim().replace(/^\S+\s*/, '') : line, citation);
    if (kind !== 'p') lines.push(<li value={number ? +number : undefined}>{rest}</li>);
    else if (heading)
      done.push(
        <p>
          <b>{rest}</b>
        </p>,
      );
    else if (line.trim()) lines.push(lines.length ? '\n' : '', rest);
  }
  close();
  return done;
}

/** Code, bold, italic, image or link, citation, bare address, escaped sign. Every branch scans a character at most twice. */
const marks =
  /`([^`\n]+)`|\*\*((?:[^*]|\*(?!\*))+)\*\*|\*(?=\S)([^*\n]+)\*|\b_([^_\n]+)_\b|!?\[([^[\]\n]*)\]\(((?:[^()\s]|\([^()\s]*\))*)[^)\n]*\)|\[(\d{1,4}|\?)\]|(https?:\/\/[^\s<>"'`*\])]*[^\s<>"'`*\]).,;:!?])|\\([!-/:-@[-`{-~])/g;

function inline(text: string, citation: RenderCitation): ComponentChildren[] {
  const nodes: ComponentChildren[] = [];
  let end = 0;
  for (const match of text.matchAll(marks)) {
    const [all, code, bold, italic, emphasis, label, address, n, bare, escaped] = match;
    nodes.push(text.slice(end, match.index));
    end = match.index + all.length;
    if (code) nodes.push(<code>{code}</code>);
    else if (bold) nodes.push(<b>{inline(bold, citation)}</b>);
    else if (italic || emphasis) nodes.push(<i>{inline(italic || emphasis!, citation)}</i>);
    else if (n) nodes.push(citation(+n) ?? all);
    else if (bare || address) nodes.push(link((bare || address)!, label || bare || address!) ?? all);
    else nodes.push(escaped ?? all);
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** A link that opens elsewhere and passes nothing on; undefined when the scheme is not one of four. */
export function link(address: string, label: ComponentChildren, className?: string) {
  if (!/^(https?:\/\/|mailto:|tel:)[^\s\\]/i.test(address)) return;
  return (
    <a class={className} href={address} target="_blank" rel="noopener nofollow">
      {label}
    </a>
  );
}
