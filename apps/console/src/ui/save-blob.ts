const readMs = 10_000;

/** Hands bytes to the browser as a file to be saved. Not a plain link, because requests name the workspace in a header. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), readMs);
}
