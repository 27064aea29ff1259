import { parseArgs } from 'node:util';
import { measureProof, type ProofRow } from './measure-proof';
import { readClaims, type Claim } from './read-claims';

/** `tsx tools/proof/main.ts [--dir ../shared/eval] [--units 60] [--show <kind>] [--set <name>]`: how often true sentences are marked and false ones are missed. */
const { values } = parseArgs({
  options: {
    dir: { type: 'string', default: '../shared/eval' },
    units: { type: 'string', default: '60' },
    /** Prints the sentences of this kind that were judged wrongly. */
    show: { type: 'string' },
    set: { type: 'string' },
  },
});

const claims = readClaims(values.dir, Number(values.units)).filter(({ set }) => !values.set || set === values.set);
const before = process.cpuUsage();
const rows = measureProof(claims, values.show ? show : undefined);
const { user, system } = process.cpuUsage(before);
for (const row of rows) process.stdout.write(`${line(row)}\n`);
process.stdout.write(
  `\n${claims.length} sentences, ${Math.round((user + system) / claims.length)} µs of one core for each, first reading of its passages included\n`,
);

function show(claim: Claim, reason: string | null, shown: string): void {
  if (claim.kind !== values.show || (reason !== null) !== claim.isTrue) return;
  process.stdout.write(
    `${claim.set} ${reason ?? 'not marked'}: ${shown}\n   ${claim.passages[0]!.text.slice(0, 300).replace(/\n/g, ' ')}\n`,
  );
}

function line({ kind, isTrue, claims: all, marked, reasons }: ProofRow): string {
  const rate = isTrue ? `${percent(marked, all)} falsely marked` : `${percent(all - marked, all)} missed`;
  const why = Object.entries(reasons).map(([reason, count]) => `${reason} ${count}`);
  return `${isTrue ? 'true ' : 'false'}  ${kind.padEnd(32)} ${String(all).padStart(5)}  ${rate.padEnd(24)} ${why.join(', ')}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`.padStart(7);
}
