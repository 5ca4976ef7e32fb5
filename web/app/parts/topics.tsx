import type { TopicsAnswer } from '#http/contract.ts';
import type { Language } from '#statement/grammar.ts';
import { Boxes } from './boxes.tsx';

/** Topics to tick, and what each is about. */
export function Topics(props: {
  topics: TopicsAnswer['topics'];
  chosen: readonly string[];
  legend: string;
  hint?: string;
  error?: string;
  language: Language;
}) {
  const { topics, chosen, language, ...rest } = props;
  const choices = topics.map((topic) => ({
    value: topic.id,
    label: topic.label[language],
    about: topic.about[language],
  }));
  return <Boxes {...rest} id="topics" name="topics" choices={choices} chosen={chosen} />;
}
