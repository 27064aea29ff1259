import '@mantine/charts/styles.css';
import { VisuallyHidden } from '@mantine/core';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import type { Overview } from '@docent/contracts';
import { useFormat } from '../../ui/format';

/** Answered and unanswered questions of each day; the same as a table for screen readers. Loaded on its own because charts are heavy. */
export default function AnswersChart({ days }: { days: Overview['days'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = days.map((day) => ({ day: format.day(day.date), answered: day.answered, unanswered: day.unanswered }));
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={240}
          data={data}
          dataKey="day"
          type="stacked"
          withLegend
          legendProps={{ verticalAlign: 'top', height: 40 }}
          gridAxis="x"
          tickLine="none"
          maxBarWidth={22}
          barProps={{ isAnimationActive: false }}
          barChartProps={{ accessibilityLayer: false }}
          yAxisProps={{ allowDecimals: false, width: 36 }}
          xAxisProps={{ minTickGap: 24 }}
          series={[
            { name: 'answered', label: t('overview.answered'), color: 'indigo.6' },
            { name: 'unanswered', label: t('overview.notAnswered'), color: 'orange.4' },
          ]}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{t('overview.perDay')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('overview.day')}</th>
              <th scope="col">{t('overview.answered')}</th>
              <th scope="col">{t('overview.notAnswered')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.day}>
                <th scope="row">{row.day}</th>
                <td>{row.answered}</td>
                <td>{row.unanswered}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
