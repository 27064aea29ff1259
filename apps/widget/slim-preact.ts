import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

type Cut = [file: string, pattern: RegExp, replacement: string];

/**
 * Builds Preact from its own source without what the widget does not use: hydration, suspense, class components, context,
 * portals, refs, keys, error boundaries, hooks into rendering, DOM properties and `dangerouslySetInnerHTML`. Each cut says that
 * such a feature is absent, and the minifier then removes what depended on it. Saves three kilobytes after gzip, and no sink for raw
 * HTML is left in the shipped file. A cut that no longer fits Preact's source stops the build and names itself.
 */
export function slimPreact(): Plugin {
  const source = join(dirname(createRequire(import.meta.url).resolve('preact/package.json')), 'src');
  const used = new Set<Cut>();
  return {
    name: 'slim-preact',
    enforce: 'pre',
    resolveId: (id) => (id === 'preact' ? join(source, 'index.js') : undefined),
    transform(code, id) {
      if (!id.startsWith(source)) return;
      const file = id.slice(source.length + 1);
      return cuts.reduce((text, cut) => {
        if (cut[0] !== file && cut[0] !== '*') return text;
        const shorter = text.replace(cut[1], cut[2]);
        if (shorter !== text) used.add(cut);
        return shorter;
      }, code);
    },
    buildEnd(error) {
      if (error) return;
      const unused = cuts.filter((cut) => !used.has(cut));
      if (unused.length)
        throw new Error(
          `Preact's source has changed, look at these cuts in slim-preact.ts:\n${unused.map(([file, pattern]) => `${file} ${pattern}`).join('\n')}`,
        );
    },
  };
}

const diff = 'diff/index.js';
const children = 'diff/children.js';
const props = 'diff/props.js';

const cuts: Cut[] = [
  // What is only handed on: contexts, hydration, refs and the queue of lifecycle callbacks.
  ['*', /^\t+(globalContext|excessDomChildren|commitQueue|isHydrating|refQueue)(,\n|\n(?=\t*\)))/gm, ''],
  ['render.js', /let commitQueue = [^;]*;|commitRoot\([^;]*;|let isHydrating = [^;]*;|isHydrating \? NULL : /g, ''],
  ['render.js', /EMPTY_OBJ,\n\t\tparentDom\.namespaceURI,\n[^]*?: NULL,/, 'parentDom.namespaceURI,'],

  // Components are plain functions; an error in one is simply thrown.
  [diff, /let oldCommitQueueLength = .*/, ''],
  [
    diff,
    /outer: (if [^]*?)try \{\n\t*let c,[^]*?const renderResult =/,
    '$1{ tmp = newType(newVNode.props); const renderResult =',
  ],
  [diff, /if \(newProps\._parentDom\) \{\n\t*tmp = oldDom;[^]*?\n\t\t\t\}\n/, ''],
  [diff, /\t\/\/ When we exit a portal[^]*?oldVNode\);\n\t\t\}/, '}'],
  [diff, /if \(\(r = vnode\._component\)\) \{\n[^]*?\n\t\}\n/, ''],
  ['component.js', /^BaseComponent\.prototype[^]*?\n\};/gm, ''],
  ['component.js', /BaseComponent\.prototype\.render = Fragment;/, ''],

  // Nobody hooks into rendering.
  ['*', /if \(?\(?(tmp = )?options\.\w+\)?\)? .*/g, ''],
  ['*', /if \(!original && options.*/g, ''],
  ['*', /options\.event \? options\.event\(e\) : e/g, 'e'],
  ['options.js', /^import.*|_catchError$/gm, ''],

  // Hydration and suspense.
  [diff, /if \(\n\t\toldVNode\._flags & MODE_SUSPENDED &&[^]*?\n\t\}\n/, ''],
  [diff, /if \(\n\t\t!skipRemove &&\n[^]*?\n\t\}\n/, ''],
  [diff, /if \(excessDomChildren\) \{\n\t\tfor[^]*?\n\t\t\}\n\t\}\n/, ''],
  [diff, /if \(isHydrating\) \{\n[^]*?\n\t\t\}\n/, ''],
  [diff, /if \(!isHydrating && excessDomChildren\) \{\n[^]*?\n\t\t\}\n/, ''],
  [diff, /if \(excessDomChildren\) excess.*/, ''],
  [diff, /excessDomChildren =[^;]*;/g, ''],
  [diff, /excessDomChildren\n\t*\? excessDomChildren\[0\]\n\t*: /, ''],
  [diff, / && \(!isHydrating \|\| dom\.data != newProps\)/, ''],
  [diff, /\(!isHydrating \|\| typeof value == 'function'\) &&/, ''],
  [children, /if \(oldDom && !oldDom\.parentNode\) \{[^]*?\n\t\t\}/, ''],
  [children, /while \(next && next\.nodeType == 8\).*/, ''],
  [children, /while \(\n\t\t\(oldDom = [^]*?\);/, 'oldDom = oldDom && oldDom.nextSibling;'],

  // Portals, keys and moved children: lists here only grow at their end.
  ['*', / && !\w+\.props\._parentDom/g, ''],
  [children, /if \(typeof parentVNode\.type == 'function'\) \{[^]*?\} else (?=\{\n\t\t\/\/ A cursor)/, ''],
  [children, /if \(!isMounting && parentDom\.moveBefore[^]*?\} else \{\n(.*)\n\t*\}/, '$1'],
  [children, /else if \(childVNode\.constructor === VNODE_MARKER[^]*?\n\t\t\}/, ''],
  [children, / else \{\n\t*\/\/ Keep LIS eligibility[^]*?\n\t\t\}(?=\n\t\}\n)/, ''],
  [children, /if \(!~matchingIndex\) \{[^]*?(?=\/\/ If we are mounting)/, ''],
  [children, / \|\|\n\t*childVNode\.constructor === String/, ''],
  [children, /if \(moved\) \{[^]*?\n\t\}\n/, ''],
  [children, /else if \(shouldSearch\) \{[^]*?\n\t\}\n/, ''],
  [children, /key == oldVNode\.key && /, ''],
  [children, /oldVNode === NULL && key == NULL/, 'oldVNode === NULL'],

  // Refs.
  [children, /if \(oldVNode\.ref != childVNode\.ref [^]*?\n\t\t\}\n/, ''],
  [diff, /if \(\(r = vnode\.ref\)[^]*?\n\t\}\n/, ''],
  ['index.js', /createElement as h,/, 'createVNode as h,'],
  ['create-element.js', /^\t\t(key|ref|_depth: 0|_component: NULL|_original: original \|\| \+\+vnodeId),\n/gm, ''],
  [diff, /tmp && tmp\.type === Fragment[^]*?: tmp;/, 'tmp;'],
  [children, / \|\| !oldVNode\._original|, !oldVNode\._original/g, ''],
  [children, /const key = childVNode\.key;/, ''],
  ['util.js', /export const slice.*/, 'export const slice = 0;'],
  [children, /childVNode\._depth = .*/, ''],
  [diff, /vnode\._component = (?=vnode\._parent)/, ''],
  ['render.js', /if \(parentDom\.nodeType == 9\) \{[^}]*\}/, ''],
  ['util.js', /if \(node && node\.parentNode\)/, 'if (node)'],

  // Everything is set as an attribute. No raw HTML, style objects, capturing listeners, <template>, <progress>, checkboxes and MathML.
  [diff, /if \(i == 'dangerouslySetInnerHTML'\) \{\n\t*oldHtml = value;\n\t*\} else if/, 'if'],
  [diff, /else if \(i == 'dangerouslySetInnerHTML'\) \{\n\t*newHtml = value;\n\t*\}/, ''],
  [diff, /if \(newHtml\) \{[^]*?\n\t\t\} else (\{\n)\t*if \(oldHtml\).*/, '$1'],
  [diff, /if \(\n\t*nodeType == 'foreignObject'[^]*?\}/, ''],
  [diff, /else if \(nodeType == 'math'\) .*/, ''],
  [diff, /\(nodeType == 'template' && dom\.content\) \|\| dom/, 'dom'],
  [diff, /parentDom\.ownerDocument \|\| document/, 'document'],
  [diff, /,\n\t*newProps\.is \? newProps : parentDom/, ''],
  [diff, / &&\n\t*!\(i == 'value'[^]*?'defaultChecked' in newProps\)/, ''],
  [diff, /else if \(i == 'value'\) \{[^}]*\} else if \(i == 'checked'\) \{[^}]*\}/, ''],
  [diff, /\/\/ As above, don't diff props[^]*?\n\t\t\}\n(?=\t\}\n\n\treturn dom)/, ''],
  [props, /if \(name == 'style'\) \{[^]*?\n\t\}\n\t\/\/ Benchmark.*\n\telse if/, 'if'],
  [props, /useCapture = name != .*|, useCapture/g, ''],
  [props, /if \(namespace == SVG_NAMESPACE\) \{[^]*?catch \(e\) \{\}\n\t\t\}/, ''],
  [props, /if \(typeof value == 'function'\) return;/, ''],
  [props, /name == 'popover' && value == true \? '' : value/, 'value'],
  [props, /if \(e\[EVENT_DISPATCHED\] == NULL\) \{[^]*?return;\n\t*\}/, ''],
  [props, /if \(typeof (value|oldValue) != 'function'\) .*/g, ''],
  [props, /\(dom\._attached .*/, ''],
];
