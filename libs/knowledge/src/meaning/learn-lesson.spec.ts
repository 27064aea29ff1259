import { describe, expect, it } from 'vitest';
import type { StoredChunk } from '../store-snapshot';
import { passesGate } from './learn-gate';
import { isRead, prepareLesson, type LearnMaterial } from './learn-lesson';
import { nextNight } from './learn-nightly.job';

const passages = Array.from({ length: 60 }, (_, at): StoredChunk => ({
  id: `p${at}`,
  sourceId: `s${at % 6}`,
  title: 'Handbook',
  headings: [`Part ${at} of it`],
  body: `Text number ${at}.`,
  language: 'en',
}));
const nothing: LearnMaterial = { passages, golden: [], answered: [], approved: [] };
const aGolden = (question: string, gold: string[]) => ({
  id: question,
  bot_id: 'b',
  question,
  source_id: 's1',
  source_name: 'One',
  quote: '',
  created_at: new Date(0),
  gold,
});

describe('a lesson', () => {
  it('asks headings where nobody has asked anything, and does not teach them', () => {
    const { lesson, questions } = prepareLesson(nothing);
    expect(questions).toHaveLength(6);
    for (const { question, gold, isMade } of questions) {
      const [id] = [...gold];
      expect(isMade).toBe(true);
      expect(passages.find((passage) => passage.id === id)?.headings).toEqual([question]);
      expect(lesson.passages.find(({ text }) => text === passages.find((passage) => passage.id === id)!.body)?.title).toBe('');
    }
    expect(lesson.passages.filter(({ title }) => title === '')).toHaveLength(6);
    expect(prepareLesson(nothing)).toEqual({ lesson, questions });
  });

  it('is the same in whatever order the passages came', () => {
    const { lesson, questions } = prepareLesson({ ...nothing, passages: passages.toReversed() });
    const first = prepareLesson(nothing);
    expect(lesson).toEqual(first.lesson);
    expect(questions).toEqual(first.questions);
  });

  it('reads all of a few passages, and about as many of many', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({ body: `Text number ${at}.` }));
    const countRead = (of: typeof many) => of.filter((passage) => isRead(passage, of.length)).length;
    expect(countRead(many.slice(0, 5_000))).toBe(5_000);
    expect(Math.abs(countRead(many) - 5_000)).toBeLessThan(300);
  });

  it('never teaches a golden question, whoever praised its answer', () => {
    const golden = [aGolden('How is part 7 done?', ['p7'])];
    const answered = [{ question: 'how is  part 7 DONE?', isPraised: true, passages: ['p7'] }];
    const approved = [{ sourceId: 's2', question: 'How is part 7 done?', answer: 'So.' }];
    const { lesson, questions } = prepareLesson({ ...nothing, golden, answered, approved });
    expect(lesson.pairs).toEqual([]);
    expect(questions.find(({ question }) => question === 'How is part 7 done?')).toEqual({
      question: 'How is part 7 done?',
      gold: new Set(['p7']),
      isMade: false,
    });
  });

  it('takes any passage of the source where the quote is gone, and leaves out what no passage answers', () => {
    const { questions } = prepareLesson({ ...nothing, golden: [aGolden('Old?', []), aGolden('Gone?', ['elsewhere'])] });
    const own = questions.filter(({ isMade }) => !isMade);
    expect(own).toHaveLength(1);
    expect(own[0]!.gold).toEqual(new Set(passages.filter(({ sourceId }) => sourceId === 's1').map(({ id }) => id)));
  });

  it('parts praised answers: some judge, the others teach, none does both', () => {
    const answered = Array.from({ length: 60 }, (_, at) => ({
      question: `Question ${at}?`,
      isPraised: true,
      passages: [`p${at}`],
    }));
    const { lesson, questions } = prepareLesson({ ...nothing, answered });
    const judging = new Set(questions.filter(({ isMade }) => !isMade).map(({ question }) => question));
    expect(judging.size).toBeGreaterThan(5);
    expect(lesson.pairs.length).toBe(60 - judging.size);
    expect(lesson.pairs.some(({ question }) => judging.has(question))).toBe(false);
    expect(questions.some(({ isMade }) => isMade)).toBe(judging.size < 20);
  });

  it('judges by what was answered without a thumb, and does not learn from it', () => {
    const answered = [{ question: 'And this?', isPraised: false, passages: ['p3'] }];
    const { lesson, questions } = prepareLesson({ ...nothing, answered });
    expect(questions[0]).toMatchObject({ question: 'And this?', isMade: false });
    expect(lesson.pairs).toEqual([]);
  });

  it('tells a question and its answer apart, which are stored as one text', () => {
    const approved = [{ sourceId: 's0', question: 'Text number 0.', answer: 'Yes.' }];
    const { lesson } = prepareLesson({ ...nothing, passages: [{ ...passages[0]!, body: 'Text number 0.\n\nYes.' }], approved });
    expect(lesson.passages[0]!.text.trim()).toBe('Yes.');
    expect(lesson.pairs).toEqual([{ question: 'Text number 0.', answer: 'Yes.' }]);
  });
});

describe('the gate', () => {
  const before = { own: { recall: 0.8, mrr: 0.6 }, made: { recall: 0.9, mrr: 0.9 } };

  it.each([
    ['nothing changes', before, true],
    ['more is found', { ...before, own: { recall: 0.85, mrr: 0.6 } }, true],
    ['less of the own is found', { ...before, own: { recall: 0.79, mrr: 0.9 } }, false],
    ['the own stand further down', { ...before, own: { recall: 0.8, mrr: 0.59 } }, false],
    ['more is found, a little further down', { ...before, own: { recall: 0.85, mrr: 0.59 } }, true],
    ['more is found, far down', { ...before, own: { recall: 0.85, mrr: 0.5 } }, false],
    ['headings move by chance', { ...before, made: { recall: 0.895, mrr: 0.9 } }, true],
    ['headings are found worse', { ...before, made: { recall: 0.85, mrr: 0.9 } }, false],
    ['there is nothing to judge by', { own: null, made: null }, true],
  ])('where %s', (_, after, isPassed) => {
    expect(passesGate(before, after)).toBe(isPassed);
  });
});

describe('the next night', () => {
  const botId = '01234567-89ab-7def-8123-456789abcdef';

  it('is always at the same minute, and never within the hour', () => {
    const first = nextNight(botId, new Date('2026-11-21T12:00:00Z'));
    const second = nextNight(botId, first);
    expect(first.getTime()).toBeGreaterThan(Date.parse('2026-11-22T00:00:00Z') - 1);
    expect(first.getTime()).toBeLessThan(Date.parse('2026-11-22T05:00:00Z'));
    expect(second.getTime() - first.getTime()).toBe(24 * 3_600_000);
  });
});
