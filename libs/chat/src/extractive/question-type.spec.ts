import { expect, it } from 'vitest';
import { questionType } from './question-type';

it.each([
  ['Who founded the company?', 'person'],
  ['¿Quién fundó la empresa?', 'person'],
  ['Wer hat das gebaut?', 'person'],
  ['谁是国王？', 'person'],
  ['Кто это сделал?', 'person'],
  ['When did it open?', 'time'],
  ['¿En qué año empezó?', 'time'],
  ['何时开始？', 'time'],
  ['متى بدأ؟', 'time'],
  ['How many seats are there?', 'number'],
  ['Wie viele Plätze gibt es?', 'number'],
  ['Combien ça coûte ?', 'number'],
  ['多少钱？', 'number'],
  ['Where is the office?', 'place'],
  ['Où est le bureau ?', 'place'],
  ['Где офис?', 'place'],
  ['How do I reset my password?', 'steps'],
  ['¿Cómo puedo cambiarlo?', 'steps'],
  ['Wie kann ich das ändern?', 'steps'],
  ['如何更改密码？', 'steps'],
  ['Why is it slow?', 'reason'],
  ['Pourquoi est-ce lent ?', 'reason'],
  ['What is a widget?', 'definition'],
  ['Was ist ein Widget?', 'definition'],
  ['什么是插件？', 'definition'],
  // A clause says when, and nobody asks for it.
  ['What happens when the storage is full?', 'other'],
  ['Does it notice when my website changes?', 'other'],
  ['Since when is it open?', 'time'],
  ['Tell me more', 'other'],
  ['', 'other'],
])('%s asks for %s', (question, type) => {
  expect(questionType(question)).toBe(type);
});
