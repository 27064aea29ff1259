import { CitationStream } from '../../libs/chat/src/answer/cite-stream';
import type { Claim } from './read-claims';

export interface ProofRow {
  kind: string;
  isTrue: boolean;
  claims: number;
  /** Of those that are true the false alarms, of those that are false the ones that were caught. */
  marked: number;
  reasons: Record<string, number>;
}

/** How often the server marks sentences of each kind. */
export function measureProof(claims: Claim[], report?: (claim: Claim, reason: string | null, shown: string) => void): ProofRow[] {
  const rows = new Map<string, ProofRow>();
  for (const claim of claims) {
    const stream = new CitationStream(claim.passages);
    const text = stream.push(claim.said).text + stream.finish().text;
    const reason = stream.sentences.find(({ unsupported }) => unsupported)?.unsupported ?? null;
    report?.(claim, reason, text);
    const row = rows.get(claim.kind) ?? { kind: claim.kind, isTrue: claim.isTrue, claims: 0, marked: 0, reasons: {} };
    rows.set(claim.kind, row);
    row.claims += 1;
    if (!reason) continue;
    row.marked += 1;
    row.reasons[reason] = (row.reasons[reason] ?? 0) + 1;
  }
  return [...rows.values()].sort((one, other) => Number(other.isTrue) - Number(one.isTrue));
}
