const notes = [659.26, 880];
const noteSeconds = 0.14;
const loudness = 0.12;

let audio: AudioContext | undefined;

/** Two short tones, made here, so that nothing is fetched. Silent where the browser has not been touched yet and forbids sound. */
export function playChime(): void {
  try {
    audio ??= new AudioContext();
    const { currentTime, destination } = audio;
    void audio.resume();
    notes.forEach((frequency, index) => {
      const start = currentTime + index * noteSeconds;
      const tone = new OscillatorNode(audio!, { type: 'sine', frequency });
      const gain = new GainNode(audio!, { gain: 0 });
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(loudness, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds * 2);
      tone.connect(gain).connect(destination);
      tone.start(start);
      tone.stop(start + noteSeconds * 2);
    });
  } catch {
    // A browser without audio shows badges and notifications only.
  }
}
