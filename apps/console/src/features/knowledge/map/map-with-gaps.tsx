import { useMemo, useState } from 'react';
import { Text, Title, useComputedColorScheme } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MeaningMap } from '@docent/contracts';
import { EmptyState } from '../../../ui/empty-state';
import { useFormat } from '../../../ui/format';
import { TestQuestionDialog, type TestQuestionDraft } from '../../../ui/test-question-dialog';
import { AddAnswerDialog } from './add-answer-dialog';
import { ChosenCard } from './chosen-card';
import type { Mark } from './find-near';
import { findGaps } from './find-gaps';
import { GapList } from './gap-list';
import { makeContent, type MapFilters } from './make-content';
import { MapCanvas } from './map-canvas';
import { MapLegend } from './map-legend';
import classes from './meaning-map.module.css';
import { groupSources } from './source-colours';
import { useMapView } from './use-map-view';

const nothing: ReadonlySet<number> = new Set();

/** The map with its legend, what was clicked, and what visitors asked in vain. */
export function MapWithGaps({ botId, map }: { botId: string; map: MeaningMap }) {
  const scheme = useComputedColorScheme('light');
  const [filters, setFilters] = useState<MapFilters>({ hidden: new Set(), answered: true, unanswered: true });
  const [chosen, setChosen] = useState<Mark | null>(null);
  const [pointedOut, setPointedOut] = useState(nothing);
  const [answering, setAnswering] = useState<string | null>(null);
  const [justAnswered, setJustAnswered] = useState<readonly string[]>([]);
  const [keeping, setKeeping] = useState<TestQuestionDraft | null>(null);
  const groups = useMemo(() => groupSources(map.sources), [map.sources]);
  const gaps = useMemo(() => findGaps(map, justAnswered), [map, justAnswered]);
  const content = useMemo(() => makeContent(map, groups, filters, scheme), [map, groups, filters, scheme]);
  const camera = useMapView(useMemo(() => placesOf(map), [map]));
  const unanswered = map.questions.filter(({ answered }) => !answered).length;
  const keep = (index: number) => setKeeping(draftOf(map, index));
  return (
    <>
      <Summary map={map} />
      <div className={classes.page}>
        <div className={classes.main}>
          <MapLegend
            groups={groups}
            counts={{ answered: map.questions.length - unanswered, unanswered }}
            filters={filters}
            onChange={setFilters}
          />
          {map.set === null ? (
            <NoEmbedder />
          ) : (
            <div className={classes.stage}>
              <MapCanvas
                map={map}
                content={content}
                camera={camera}
                chosen={chosen}
                onChoose={setChosen}
                pointedOut={pointedOut}
              />
              {chosen && (
                <ChosenCard
                  botId={botId}
                  map={map}
                  mark={chosen}
                  onClose={() => setChosen(null)}
                  onAnswer={(index) => setAnswering(map.questions[index]?.text ?? '')}
                  onKeep={keep}
                />
              )}
            </div>
          )}
        </div>
        <GapList
          map={map}
          gaps={gaps}
          onAnswer={({ text }) => setAnswering(text)}
          onKeep={({ asked }) => keep(asked[0]!)}
          onShow={(questions) => camera.show(questions.flatMap((index) => map.questions[index]?.place ?? []))}
          onPointOut={(questions) => setPointedOut(questions.length > 0 ? new Set(questions) : nothing)}
        />
      </div>
      <AddAnswerDialog
        botId={botId}
        question={answering}
        onClose={() => setAnswering(null)}
        onAdded={() => answering !== null && setJustAnswered((before) => [...before, answering])}
      />
      <TestQuestionDialog botId={botId} draft={keeping} onClose={() => setKeeping(null)} />
    </>
  );
}

function Summary({ map }: { map: MeaningMap }) {
  const { t } = useTranslation();
  const format = useFormat();
  const summary = t('map.summary', {
    passages: format.number(map.passages),
    sources: format.number(map.sources.length),
    questions: format.number(map.questions.length),
  });
  return (
    <div>
      <Title order={2} size="h2">
        {t('map.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {summary} {map.sampled && t('map.sampled', { drawn: format.number(map.points.length) })}
      </Text>
    </div>
  );
}

function NoEmbedder() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={IconMapOff} title={t('map.noEmbedder')}>
      {t('map.noEmbedderText')}
    </EmptyState>
  );
}

function placesOf(map: MeaningMap) {
  return [...map.points, ...map.questions.flatMap(({ place }) => place ?? [])];
}

/** The source of the nearest passage is offered: it is often the one that answers, or should. */
function draftOf(map: MeaningMap, index: number): TestQuestionDraft | null {
  const question = map.questions[index];
  if (!question) return null;
  const nearest = question.nearest ? map.points[question.nearest.point] : undefined;
  const source = map.sources.find(({ id }) => id === nearest?.sourceId);
  return { question: question.text, ...(source ? { source: { id: source.id, name: source.name } } : {}) };
}
