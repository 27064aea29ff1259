import type { Json, OpenApiDocument } from '@docent/contracts/openapi';
import { sampleOf } from './sample';

/** The operation as a command to copy: the way in that programs use, the body of the example. */
export function curlExample(method: string, path: string, operation: Json, document: OpenApiDocument): string {
  const address = String(document.servers[0]?.url) + path.replace(/\{(\w+)\}/g, (_, name: string) => `$${shellName(name)}`);
  const content = (operation.requestBody as { content?: Record<string, Json> } | undefined)?.content;
  const json = content?.['application/json'];
  return [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"${address}"`,
    ...authorization(operation),
    ...(json
      ? [
          '-H "Content-Type: application/json"',
          `-d '${JSON.stringify(json.example ?? sampleOf(json.schema as Json, document), null, 2).replaceAll("'", "'\\''")}'`,
        ]
      : []),
  ].join(' \\\n  ');
}

/** Uploading a file in the same way, or null where the operation takes none. */
export function curlUpload(path: string, operation: Json, document: OpenApiDocument): string | null {
  const content = (operation.requestBody as { content?: Record<string, Json> } | undefined)?.content;
  if (!content?.['multipart/form-data']) return null;
  const address = String(document.servers[0]?.url) + path.replace(/\{(\w+)\}/g, (_, name: string) => `$${shellName(name)}`);
  return [`curl -X POST "${address}"`, ...authorization(operation), '-F name="Return policy"', '-F file=@returns.pdf'].join(
    ' \\\n  ',
  );
}

function authorization(operation: Json): string[] {
  const ways = (operation.security as Json[]).flatMap((way) => Object.keys(way));
  if (ways.includes('apiKey')) return ['-H "Authorization: Bearer $DOCENT_API_KEY"'];
  if (ways.includes('visitorToken')) return ['-H "Authorization: Bearer $VISITOR_TOKEN"'];
  if (!ways.includes('sessionCookie')) return [];
  const parameters = operation.parameters as { name: string }[];
  return [
    '-b cookies.txt',
    ...(parameters.some(({ name }) => name === 'docent-workspace') ? ['-H "docent-workspace: $WORKSPACE_ID"'] : []),
  ];
}

/** `botId` is `BOT_ID`. */
function shellName(name: string): string {
  return name.replace(/([A-Z])/g, '_$1').toUpperCase();
}
