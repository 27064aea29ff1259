import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core';
import { schemaResolver, useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { CreateSource, learningRoutes, routes } from '@docent/contracts';
import { useApiMutation } from '../../../api/queries';
import { ErrorNotice } from '../../../ui/error-notice';
import { notifyDone, notifyFailed } from '../../../ui/notify';

interface AddAnswerDialogProps {
  botId: string;
  /** What a visitor asked; null keeps it closed. */
  question: string | null;
  onClose: () => void;
  /** The answer is on its way into the knowledge. */
  onAdded: () => void;
}

/** Answers a question that visitors asked in vain: a question-and-answer pair in the knowledge, and a test question with it. */
export function AddAnswerDialog({ question, ...props }: AddAnswerDialogProps) {
  const { onClose } = props;
  const { t } = useTranslation();
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={t('map.addAnswer')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {question !== null && <AnswerForm question={question} {...props} />}
    </Modal>
  );
}

function AnswerForm({ botId, question, onClose, onAdded }: AddAnswerDialogProps & { question: string }) {
  const { t } = useTranslation();
  const keep = useApiMutation(learningRoutes.createGoldenQuestion, { stale: [learningRoutes.listGoldenQuestions] });
  const add = useApiMutation(routes.createSource, { stale: [routes.listSources, routes.usage, routes.meaningMap] });
  const check = schemaResolver(CreateSource, { sync: true });
  const form = useForm({
    initialValues: { question: question.slice(0, 1000), answer: '', keeps: true },
    validate: (values) => check({ type: 'qa', question: values.question, answer: values.answer }),
  });
  const submit = form.onSubmit(({ keeps, ...pair }) =>
    add.mutate(
      { params: { botId }, body: { type: 'qa', ...pair } },
      {
        onSuccess: (source) => {
          notifyDone(t('map.answerAdded'));
          onAdded();
          onClose();
          if (keeps) {
            keep.mutate({ params: { botId }, body: { question: pair.question, sourceId: source.id } }, { onError: notifyFailed });
          }
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {add.error && <ErrorNotice error={add.error} />}
        <Textarea label={t('knowledge.question')} autosize minRows={1} maxRows={5} {...form.getInputProps('question')} />
        <Textarea
          label={t('knowledge.answer')}
          description={t('knowledge.answerHint')}
          autosize
          minRows={5}
          maxRows={14}
          data-autofocus
          {...form.getInputProps('answer')}
        />
        <Checkbox
          label={t('map.keepToo')}
          description={t('testQuestions.why')}
          {...form.getInputProps('keeps', { type: 'checkbox' })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('map.addAnswer')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
