import { routes, type Source } from '@docent/contracts';
import { download } from '../../api/call';

/** Saves the uploaded file under its own name. Not a plain link, because the request names the workspace in a header. */
export async function downloadSource(workspaceId: string, source: Source): Promise<void> {
  const content = await download(routes.getSourceFile, { params: { sourceId: source.id } }, { workspaceId });
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = source.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
