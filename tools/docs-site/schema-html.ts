import type { Json, OpenApiDocument } from '@docent/contracts/openapi';
import { html, type Html } from './html';
import { textHtml } from './text-html';

const prefix = '#/components/schemas/';

/** Who fills in an object: a sender needs to know what is required, a receiver what may be missing. */
export type Direction = 'sent' | 'received';
type Mark = 'required' | 'optional' | '';

/** The table of an object's fields, or of each form of it where there are several. */
export function schemaHtml(schema: Json, document: OpenApiDocument, direction: Direction): Html {
  const resolved = resolve(schema, document);
  const forms = (resolved.oneOf ?? resolved.anyOf) as Json[] | undefined;
  if (forms && !resolved.properties) {
    return html`<div class="forms">
      ${forms.map(
        (form, position) =>
          html`<p class="form">Form ${position + 1} of ${forms.length}</p>
            ${schemaHtml(form, document, direction)}`,
      )}
    </div>`;
  }
  if (!resolved.properties) return html`<p class="type">${typeHtml(resolved)}</p>`;
  return html`<dl class="fields">${fieldsHtml(resolved, direction)}</dl>`;
}

/** A field with its type, its limits and what it means; `place` says where it travels if not in a body. */
export function fieldHtml(
  name: string,
  schema: Json,
  mark: Mark,
  options: { direction: Direction; description?: string; place?: string },
): Html {
  return html`<div class="field">
    <dt>
      <code>${name}</code>
      <span class="type">${typeHtml(schema)}${options.place && ` in the ${options.place}`}</span>
      ${mark && html`<span class="${mark}">${mark}</span>`}
    </dt>
    ${detailsHtml(schema, options)}
  </div>`;
}

/** Follows a reference to the schema that it names. */
export function resolve(schema: Json, document: OpenApiDocument): Json {
  if (typeof schema.$ref !== 'string') return schema;
  return document.components.schemas[schema.$ref.slice(prefix.length)] ?? {};
}

/** The name of the schema that is referred to, with a link to it; otherwise the type in words. */
export function typeHtml(schema: Json): Html {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(prefix.length);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const forms = (schema.oneOf ?? schema.anyOf) as Json[] | undefined;
  if (forms) return html`${forms.map((form, position) => html`${position > 0 && ' or '}${typeHtml(form)}`)}`;
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (Array.isArray(schema.enum))
    return html`${schema.enum.map((value, position) => html`${position > 0 && ' or '}<code>${JSON.stringify(value)}</code>`)}`;
  if (schema.type === 'array') return html`list of ${typeHtml((schema.items ?? {}) as Json)}`;
  if (Array.isArray(schema.type)) return html`${schema.type.join(' or ')}`;
  return html`${(schema.type as string | undefined) ?? 'any value'}`;
}

function fieldsHtml(schema: Json, direction: Direction): Html[] {
  const required = new Set(schema.required as string[] | undefined);
  const mark = (name: string): Mark => {
    if (direction === 'sent') return required.has(name) ? 'required' : '';
    return required.has(name) ? '' : 'optional';
  };
  return Object.entries(schema.properties as Record<string, Json>).map(([name, field]) =>
    fieldHtml(name, field, mark(name), { direction }),
  );
}

function detailsHtml(schema: Json, { direction, description }: { direction: Direction; description?: string }): Html {
  const text = description ?? schema.description;
  const limits = limitsOf(schema);
  const inner = innerObject(schema);
  return html`${text ? html`<dd>${textHtml(String(text))}</dd>` : ''}${limits && html`<dd class="limits">${limits}</dd>`}${inner && html`<dd><dl class="fields">${fieldsHtml(inner, direction)}</dl></dd>`}`;
}

/** Objects that have no name of their own are shown where they stand. */
function innerObject(schema: Json): Json | undefined {
  if (schema.properties) return schema;
  const items = schema.items as Json | undefined;
  return items?.properties ? items : undefined;
}

function limitsOf({ minLength, maxLength, minimum, maximum, minItems, maxItems, format, default: preset }: Json): string {
  return [
    format !== undefined && `format ${String(format)}`,
    minLength === 1 && 'not empty',
    Number(minLength) > 1 && `at least ${String(minLength)} characters`,
    maxLength !== undefined && `at most ${Number(maxLength).toLocaleString('en')} characters`,
    minimum !== undefined && `at least ${String(minimum)}`,
    maximum !== undefined && `at most ${String(maximum)}`,
    minItems !== undefined && `at least ${String(minItems)} entries`,
    maxItems !== undefined && `at most ${String(maxItems)} entries`,
    preset !== undefined && `${JSON.stringify(preset)} where left out`,
  ]
    .filter(Boolean)
    .join(' · ');
}
