const keyShapes = /\b(?:sk|pk|rk|gsk|xai|AIza|key|Bearer)[-_ ]?[\w*.-]{8,}/g;

/**
 * Takes a key out of what a supplier said about it: the whole key, any long part of it (suppliers quote keys half masked),
 * and whatever has the shape of a key.
 */
export function redactKey(text: string, apiKey: string): string {
  let redacted = text.replace(keyShapes, '[key]');
  if (apiKey.length >= 4) redacted = redacted.replaceAll(apiKey, '[key]');
  const partLength = 6;
  for (let start = 0; start + partLength <= apiKey.length; start += 1) {
    redacted = redacted.replaceAll(apiKey.slice(start, start + partLength), '[key]');
  }
  return redacted;
}
