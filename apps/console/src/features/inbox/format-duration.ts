/** Seconds as a clock would show them: `0:07`, `12:40`, `3:05:00`; from two days on in days. */
export function formatDuration(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  if (days >= 2) return `${days} d`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
