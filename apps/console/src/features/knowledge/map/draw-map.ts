import { inks, type Scheme } from './source-colours';
import { toScreen, type Place, type Size, type View } from './map-view';

export interface Dot extends Place {
  colour: string;
  /** Place in `points` of the map. */
  index: number;
}

export interface Cross extends Place {
  answered: boolean;
  /** Place in `questions` of the map, of the latest. */
  index: number;
  /** All places in `questions` with the same words: they stand on top of each other. */
  asked: readonly number[];
}

/** All that stands on the map now, after filters. */
export interface MapContent {
  dots: readonly Dot[];
  crosses: readonly Cross[];
  labels: readonly (Place & { words: string; weight: number })[];
}

interface Look {
  view: View;
  /** The view that shows all: how far in we are decides how large things are. */
  whole: View;
  size: Size;
  scheme: Scheme;
  /** Ringed: under the pointer, or chosen. */
  marked: readonly Place[];
  /** Questions that are pointed out in the list beside the map; the others step back. */
  pointedOut: ReadonlySet<number>;
}

/** Draws the whole map: a few thousand dots take a few milliseconds. */
export function drawMap(context: CanvasRenderingContext2D, content: MapContent, look: Look): void {
  const { size } = look;
  context.clearRect(0, 0, size.width, size.height);
  drawDots(context, content.dots, look);
  drawLabels(context, content, look);
  for (const isAnswered of [true, false]) {
    for (const cross of content.crosses) if (cross.answered === isAnswered) drawCross(context, cross, look);
  }
  context.strokeStyle = inks[look.scheme].ring;
  context.lineWidth = 2;
  for (const place of look.marked) {
    const { x, y } = toScreen(look.view, place);
    context.beginPath();
    context.arc(x, y, dotRadius(look) + 5, 0, 2 * Math.PI);
    context.stroke();
  }
}

/** Smaller on a small screen, larger nearer by. */
function dotRadius({ view, whole, size }: Look): number {
  const start = Math.min(Math.max(size.width / 220, 2.2), usualRadius);
  return Math.min(start * Math.sqrt(view.scale / whole.scale), 7);
}

const usualRadius = 3.2;

function drawDots(context: CanvasRenderingContext2D, dots: readonly Dot[], look: Look): void {
  const radius = dotRadius(look);
  context.globalAlpha = look.pointedOut.size > 0 ? 0.35 : 0.75;
  let colour = '';
  for (const dot of dots) {
    const { x, y } = toScreen(look.view, dot);
    if (isOutside(x, y, look.size)) continue;
    if (dot.colour !== colour) context.fillStyle = colour = dot.colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** Answered: a thin plus. Unanswered: a bold, larger, red cross. So they are told apart without colours too. */
function drawCross(context: CanvasRenderingContext2D, cross: Cross, look: Look): void {
  const { x, y } = toScreen(look.view, cross);
  if (isOutside(x, y, look.size)) return;
  const ink = inks[look.scheme];
  const isPointedOut = cross.asked.some((index) => look.pointedOut.has(index));
  // What is asked often stands out.
  const grown = Math.max(dotRadius(look) / usualRadius, 0.85) * (1 + Math.log2(cross.asked.length) / 8);
  const arm = (cross.answered ? 4.2 : 4.6) * Math.min(grown, 2) * (isPointedOut ? 1.5 : 1);
  context.globalAlpha = look.pointedOut.size > 0 && !isPointedOut ? 0.3 : 1;
  context.beginPath();
  if (cross.answered) {
    context.moveTo(x - arm, y);
    context.lineTo(x + arm, y);
    context.moveTo(x, y - arm);
    context.lineTo(x, y + arm);
  } else {
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x + arm, y - arm);
    context.lineTo(x - arm, y + arm);
  }
  // A rim of the ground's colour keeps crosses apart from dots and from each other.
  context.lineCap = 'round';
  context.strokeStyle = ink.ground;
  context.lineWidth = cross.answered ? 3.5 : 6;
  context.stroke();
  context.strokeStyle = cross.answered ? ink.answered : ink.unanswered;
  context.lineWidth = cross.answered ? 1.5 : 2.6;
  context.stroke();
  context.globalAlpha = 1;
}

const labelLength = 30;
const lineHeight = 17;
/** Tried one after the other: above where the topic stands, below, farther away. */
const labelOffsets = [-16, 16, -34, 34];
const labelsOfAll = 12;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The largest topics, each where no cross and no other name is covered; nearer by more of them, and those that had no room. */
function drawLabels(context: CanvasRenderingContext2D, { labels, crosses }: MapContent, look: Look): void {
  const ink = inks[look.scheme];
  context.font = '500 11.5px ui-sans-serif, system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const taken = crosses.map((cross) => boxAround(toScreen(look.view, cross), 6, 6));
  let left = Math.round(labelsOfAll * (look.view.scale / look.whole.scale));
  for (const { words, ...place } of labels.toSorted((a, b) => b.weight - a.weight)) {
    if (left === 0) return;
    const { x, y } = toScreen(look.view, place);
    const text = words.length > labelLength ? `${words.slice(0, labelLength).trimEnd()}…` : words;
    const half = context.measureText(text).width / 2 + 5;
    const boxes = labelOffsets.map((offset) => boxAround({ x, y: y + offset }, half, lineHeight / 2));
    const box = boxes.find((one) => isWithin(one, look.size) && !taken.some((other) => overlap(one, other)));
    if (!box) continue;
    taken.push(box);
    left--;
    context.globalAlpha = 0.78;
    context.fillStyle = ink.ground;
    context.beginPath();
    context.roundRect(box.left, box.top, box.right - box.left, lineHeight, 5);
    context.fill();
    context.globalAlpha = 1;
    context.fillStyle = ink.words;
    context.fillText(text, x, (box.top + box.bottom) / 2);
  }
}

function boxAround({ x, y }: Place, half: number, halfHeight: number): Box {
  return { left: x - half, right: x + half, top: y - halfHeight, bottom: y + halfHeight };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

function isWithin({ left, right, top, bottom }: Box, { width, height }: Size): boolean {
  return left > 2 && right < width - 2 && top > 2 && bottom < height - 2;
}

function isOutside(x: number, y: number, { width, height }: Size): boolean {
  return x < -20 || y < -20 || x > width + 20 || y > height + 20;
}
