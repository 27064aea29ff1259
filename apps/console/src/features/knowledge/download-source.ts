import { routes, type Source } from '@docent/contracts';
import { download } from '../../api/call';
import { saveBlob } from '../../ui/save-blob';

/** Saves the uploaded file under its own name. */
export async function downloadSource(workspaceId: string, source: Source): Promise<void> {
  saveBlob(await download(routes.getSourceFile, { params: { sourceId: source.id } }, { workspaceId }), source.name);
}
