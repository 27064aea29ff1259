/** A field's key as the contract wants it, from its label; a number is added where it is taken. */
export function keyFrom(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);
  const key = plain || 'field';
  for (let number = 2; ; number += 1) {
    const candidate = number === 2 && !taken.includes(key) ? key : `${key}_${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
