import type { Json } from './document';

const plain = (description: string, contentType: string, schema: Json): Json => ({
  description,
  content: { [contentType]: { schema } },
});
const service = (operationId: string, summary: string, responses: Json): Record<string, Json> => ({
  get: { operationId, tags: ['Service'], summary, parameters: [], responses, security: [] },
});
const health: Json = { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] };

/** What the server answers beside the product's own routes: for load balancers, monitoring and tools. */
export const servicePaths: Record<string, Record<string, Json>> = {
  '/healthz': service('liveness', 'Whether the process runs', { 200: plain('It runs.', 'application/json', health) }),
  '/readyz': service('readiness', 'Whether the process can serve: database reached, migrations applied', {
    200: plain('It can.', 'application/json', health),
    503: plain('Not yet, or no longer.', 'application/json', { $ref: '#/components/schemas/ErrorBody' }),
  }),
  '/metrics': service('metrics', 'Figures for Prometheus', {
    200: plain('The text format of Prometheus.', 'text/plain', { type: 'string' }),
  }),
  '/openapi.json': service('description', 'This description', {
    200: plain('An OpenAPI 3.1 document.', 'application/json', { type: 'object' }),
  }),
};
