import type { Json, OpenApiDocument } from '@docent/contracts/openapi';
import { curlExample, curlUpload } from './curl-example';
import { headingId } from './heading-id';
import { highlightCode } from './highlight-code';
import { html, type Html } from './html';
import type { NavigationGroup } from './layout';
import { fieldHtml, schemaHtml, typeHtml } from './schema-html';
import { textHtml } from './text-html';

interface Operation {
  method: string;
  path: string;
  operation: Json;
}

interface Parameter {
  name: string;
  in: string;
  required: boolean;
  description?: string;
  schema: Json;
}

/** The body of the reference: every operation by its group, then every schema by its name. */
export function referenceBody(document: OpenApiDocument, introduction: Html): Html {
  const groups = document.tags.map(({ name, description }) => {
    const operations = operationsOf(name, document);
    return html`<section class="group-of-operations">
      <h2 id="group-${headingId(name)}">${name}</h2>
      <p>${description}</p>
      ${operations.map((one) => operationHtml(one, document))}
    </section>`;
  });
  const sent = sentSchemas(document);
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      html`<section class="schema">
        <h3 id="schema-${name}">${name} <a class="anchor" href="#schema-${name}" aria-label="Link to this schema">#</a></h3>
        ${schema.description ? html`<p>${textHtml(String(schema.description))}</p>` : ''}${schemaHtml(schema, document, sent.has(name) ? 'sent' : 'received')}
      </section>`,
  );
  return html`${introduction}
    <div class="lead">${textHtml(String(document.info.description))}</div>
    <section>
      <h2 id="ways-in">Ways in</h2>
      <dl class="fields">
        ${Object.entries(document.components.securitySchemes).map(
          ([name, scheme]) =>
            html`<div class="field">
              <dt><code>${name}</code></dt>
              <dd>${textHtml(String(scheme.description))}</dd>
            </div>`,
        )}
      </dl>
    </section>
    ${groups}
    <section>
      <h2 id="schemas">Schemas</h2>
      <p>What travels, by name.</p>
      ${schemas}
    </section>`;
}

/** The operations by group, as the navigation beside the reference. */
export function referenceNavigation(document: OpenApiDocument): NavigationGroup[] {
  const groups = document.tags.map(({ name }) => ({
    title: name,
    links: operationsOf(name, document).map(({ operation }) => ({
      href: `#${String(operation.operationId)}`,
      text: shortened(String(operation.summary)),
    })),
  }));
  return [
    {
      title: 'Documentation',
      links: [
        { href: '/docs', text: 'All pages' },
        { href: '/docs/api', text: 'API guide' },
      ],
    },
    ...groups,
    { title: 'Schemas', links: [{ href: '#schemas', text: 'All schemas' }] },
  ];
}

/** The names of all schemas that a request body refers to, directly or through others. */
function sentSchemas(document: OpenApiDocument): Set<string> {
  const sent = new Set<string>();
  const open = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).flatMap(({ requestBody }) => requestBody ?? []),
  );
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const [, name = ''] of JSON.stringify(node).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (!sent.has(name)) open.push(document.components.schemas[name] ?? {});
      sent.add(name);
    }
  }
  return sent;
}

function operationsOf(tag: string, document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => (operation.tags as string[])[0] === tag)
      .map(([method, operation]) => ({ method, path, operation })),
  );
}

/** Headings and navigation keep what stands before the first detail. */
function shortened(summary: string): string {
  return summary.split(/[;:]/)[0] ?? summary;
}

function operationHtml({ method, path, operation }: Operation, document: OpenApiDocument): Html {
  const id = String(operation.operationId);
  const summary = String(operation.summary);
  const texts = [shortened(summary) === summary ? '' : `${summary}.`, String(operation.description ?? '')].filter(Boolean);
  return html`<section class="operation">
    <div class="words">
      <h3 id="${id}">${shortened(summary)} <a class="anchor" href="#${id}" aria-label="Link to this operation">#</a></h3>
      <p class="address"><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code></p>
      ${texts.length > 0 && html`<p>${textHtml(texts.join('\n\n'))}</p>`} ${parametersHtml(operation.parameters as Parameter[])}
      ${bodyHtml(operation, document)} ${answersHtml(operation, document)}
    </div>
    <div class="code">${codeHtml({ method, path, operation }, document)}</div>
  </section>`;
}

function parametersHtml(parameters: Parameter[]): Html | false {
  if (parameters.length === 0) return false;
  const row = ({ name, in: place, required, description, schema }: Parameter) =>
    fieldHtml(name, schema, required ? 'required' : '', { direction: 'sent', description, place });
  return html`<h4>Parameters</h4>
    <dl class="fields">${parameters.map(row)}</dl>`;
}

function bodyHtml(operation: Json, document: OpenApiDocument): Html | false {
  const content = (operation.requestBody as { content: Record<string, Json> } | undefined)?.content;
  if (!content) return false;
  return html`${Object.entries(content).map(
    ([type, { schema }]) =>
      html`<h4>Body <span class="quiet">${type}</span></h4>
        ${schemaHtml(schema as Json, document, 'sent')}`,
  )}`;
}

function answersHtml(operation: Json, document: OpenApiDocument): Html {
  const answers = Object.entries(operation.responses as Record<string, Json>).map(
    ([status, answer]) => [status, answerOf(answer, document)] as const,
  );
  const good = answers.filter(([status]) => Number(status) < 400);
  const errors = answers.filter(([status]) => Number(status) >= 400);
  return html`<h4>Answer</h4>
    <dl class="fields">
      ${good.map(
        ([status, answer]) =>
          html`<div class="field">
            <dt><code>${status}</code> <span class="type">${contentTypes(answer)}</span></dt>
            <dd>${textHtml(String(answer.description))}</dd>
          </div>`,
      )}
    </dl>
    ${
      errors.length > 0 &&
      html`<details>
        <summary>Errors</summary>
        <dl class="fields">
          ${errors.map(
            ([status, answer]) =>
              html`<div class="field">
                <dt><code>${status}</code></dt>
                <dd>${textHtml(String(answer.description))}</dd>
              </div>`,
          )}
        </dl>
      </details>`
    }`;
}

function answerOf(answer: Json, document: OpenApiDocument): Json {
  return typeof answer.$ref === 'string' ? (document.components.responses[answer.$ref.split('/').at(-1) ?? ''] ?? {}) : answer;
}

function contentTypes(answer: Json): Html {
  const content = Object.entries((answer.content ?? {}) as Record<string, Json>);
  return html`${content.map(([type, { schema, 'x-event-schemas': events }], position) => html`${position > 0 && ', or '}${type === 'application/json' ? typeHtml(schema as Json) : type}${events ? html` (${Object.values(events as Record<string, Json>).map((event, place) => html`${place > 0 && ', '}${typeHtml(event)}`)})` : ''}`)}`;
}

function codeHtml({ method, path, operation }: Operation, document: OpenApiDocument): Html {
  const upload = curlUpload(path, operation, document);
  const answer = Object.values(
    (Object.values(operation.responses as Record<string, Json>)[0]?.content ?? {}) as Record<string, Json>,
  )[0];
  const shown = answer?.example;
  return html`${panel('Request', curlExample(method, path, operation, document), 'sh')}${upload && panel('Upload', upload, 'sh')}${shown !== undefined && panel('Answer', typeof shown === 'string' ? shown : JSON.stringify(shown, null, 2), 'json')}`;
}

function panel(title: string, code: string, language: string): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    <pre tabindex="0"><code>${highlightCode(code, language)}</code></pre>
  </figure>`;
}
