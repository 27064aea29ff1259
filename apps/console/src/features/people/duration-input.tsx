import { useState } from 'react';
import { Group, Input, NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseUnit, durationUnits, type DurationUnit } from './choose-unit';

interface DurationInputProps {
  label: string;
  /** In seconds. */
  value?: number;
  onChange?: (seconds: number) => void;
  error?: string;
}

/** A length of time with its unit. Changing the unit keeps the number and changes the time. */
export function DurationInput({ label, value = 0, onChange, error }: DurationInputProps) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState<DurationUnit>(() => chooseUnit(value));
  const amount = value / durationUnits[unit];
  const units = (Object.keys(durationUnits) as DurationUnit[]).map((name) => ({ value: name, label: t(`people.unit.${name}`) }));
  return (
    <Input.Wrapper label={label} labelElement="div" error={error}>
      <Group gap={6} wrap="nowrap" mt={2}>
        <NumberInput
          aria-label={label}
          aria-invalid={error ? true : undefined}
          min={1}
          decimalScale={1}
          hideControls
          w={84}
          value={amount}
          onChange={(next) => onChange?.(Math.round(Number(next) * durationUnits[unit]))}
        />
        <Select
          aria-label={t('people.unitOf', { label })}
          flex={1}
          data={units}
          value={unit}
          allowDeselect={false}
          onChange={(next) => {
            const chosen = next as DurationUnit;
            setUnit(chosen);
            onChange?.(Math.round(amount * durationUnits[chosen]));
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
