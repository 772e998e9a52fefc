import { replaceFile } from '../disk.node';
import { localise, type Message } from '../text/message';
import { type Command, UsageError } from './command';
import { printable } from './display';
import { reasonFor } from './drafts';
import {
  estimateText,
  hindrance,
  inWorker,
  megabytes,
  optionsOf,
  ProgressBar,
  sayProblems,
  storedAs,
  summaryText,
} from './learning';
import { isStep, takeStep } from './learnSteps';

export const learnCommand: Command = {
  name: 'learn',
  operands: 'PATH…',
  summary: { en: 'Learn slogans from documents.', zh: '从文稿中学习规范表述，生成词库。' },
  options: [
    {
      name: 'out',
      short: 'o',
      value: 'FILE',
      help: {
        en: 'where to write the lexicon (default: standard output); a name ending in .bin gives the form that loads fastest, any other JSON',
        zh: '词库文件（默认写到标准输出）；文件名以 .bin 结尾时写成加载最快的格式，否则为 JSON',
      },
    },
    {
      name: 'history',
      value: 'PATH',
      repeatable: true,
      help: {
        en: 'older documents: they show since when phrases are in use and which other forms occur, but contribute no phrases',
        zh: '较早的文稿：只用来判断表述从何时起使用、还有哪些写法，不从中收录表述',
      },
    },
    {
      name: 'size',
      value: 'MB',
      help: {
        en: 'maximum size in the file of the n-grams for completion (default: 4)',
        zh: '词库中供补全用的字串最多占多少兆（默认 4）',
      },
    },
    {
      name: 'min-documents',
      value: 'N',
      help: {
        en: 'learn phrases found in at least N documents (default: by their number, 3 of fifty)',
        zh: '至少出现在 N 篇文稿里才收录（默认按篇数确定，五十篇为 3）',
      },
    },
    {
      name: 'memory',
      value: 'MB',
      help: {
        en: 'maximum memory to use (default: half of the free memory); beyond it learning is done in parts, with the same result',
        zh: '最多使用多少兆内存（默认为空闲内存的一半）；超出时分批学习，结果相同',
      },
    },
    {
      name: 'least',
      value: 'N',
      help: {
        en: 'for map: find phrases in at least N documents of the shard (default: 2)',
        zh: '用于 map：在分片中查找至少出现在 N 篇文稿里的表述（默认 2）',
      },
    },
  ],
  details: {
    en: [
      'PATH is a file or a folder with everything in it: txt, md, docx, doc, rtf, odt, pdf, html; any Chinese encoding.',
      'Documents nearly the same as another count once; page furniture and repeated lines are left out.',
      'The lexicon holds phrases and counts, no documents. Progress and the summary go to standard error.',
      '',
      'Over many machines the same is learned in steps, each from files to one file that is whole or not there:',
      '  learn map SHARD… -o PART          reads the documents of a shard; --history as above',
      '  learn merge PART… -o STAGE        takes all parts together; --size and --min-documents as above',
      '  learn count STAGE PART -o COUNTS  counts in a part what the stage asks for',
      '  learn merge STAGE COUNTS… -o NEXT takes the counts of all parts together: twice into another stage, to be counted',
      '                                    in each part again, and the third time into the lexicon',
      'A folder named map, merge or count is written ./map. docs/learning.md has recipes for Slurm, GNU parallel and others.',
      'Exit code: 0 fine (also with single files unreadable: they are named), 2 wrong usage or nothing readable.',
    ].join('\n'),
    zh: [
      'PATH 是文件，或文件夹（连同其中所有文稿）：txt、md、docx、doc、rtf、odt、pdf、html，中文编码不限。',
      '几乎相同的文稿只计一次；网页杂项和各篇重复的行不收。',
      '词库里只有表述和次数，没有文稿原文。进度和小结写到标准错误。',
      '',
      '文稿很多时可以分步在多台机器上学习，每一步读文件、写一个文件，要么写完整，要么没有：',
      '  learn map 分片… -o 部分            读取一个分片的文稿；可用 --history',
      '  learn merge 部分… -o 阶段          汇总全部分片；可用 --size 和 --min-documents',
      '  learn count 阶段 部分 -o 统计      在一个分片中统计该阶段所需的内容',
      '  learn merge 阶段 统计… -o 下一阶段  汇总各分片的统计：前两次得到下一阶段，再对各分片统计；第三次得到词库',
      '名为 map、merge、count 的文件夹请写作 ./map。docs/learning.md 有 Slurm、GNU parallel 等的用法。',
      '退出码：0 正常（个别文件读不了会列出），2 用法有误或没有可读的文稿。',
    ].join('\n'),
  },
  async run(call) {
    if (call.operands.length === 0) {
      throw new UsageError({ en: 'Name files or folders to learn from.', zh: '请给出要学习的文件或文件夹。' });
    }
    const [word, ...others] = call.operands;
    if (isStep(word)) return takeStep(word, others, call);
    if (call.options.has('least')) {
      throw new UsageError({
        en: 'The option --least belongs to “learn map”.',
        zh: '选项 --least 只用于“learn map”。',
      });
    }
    const options = optionsOf(call);
    const out = call.options.value('out');
    const say = (text: string) => call.terminal.error(`${text}\n`);
    // Reported before minutes of work rather than after.
    const hindered = out === undefined ? undefined : await hindrance(out, LEXICON, NO_LEXICON);
    if (out !== undefined && hindered) {
      say(`${printable(out)}: ${localise(hindered, call.locale)}`);
      return 2;
    }
    const bar = new ProgressBar(call.terminal, call.locale);
    const task = {
      paths: call.operands,
      history: call.options.values('history'),
      options,
      budget: megabytes('memory', call),
    };
    const { json, summary } = await inWorker((worker) =>
      worker.learn(task, bar.show, undefined, (estimate) => {
        bar.clear();
        say(localise(estimateText(estimate), call.locale));
      }),
    );
    bar.clear();
    sayProblems(summary.problems, call);
    if (json === undefined) {
      say(localise({ en: 'There is nothing to learn from.', zh: '没有可以学习的文稿。' }, call.locale));
      return 2;
    }
    if (out === undefined) call.terminal.out(json);
    else {
      try {
        await replaceFile(out, storedAs(out, json));
      } catch (error) {
        say(`${printable(out)}: ${localise(reasonFor(error), call.locale)}`);
        return 2;
      }
    }
    call.terminal.error(summaryText(summary, out, call));
    return 0;
  },
};

/** The first bytes of a lexicon as {@link import('../lexicon/model/store')} writes it, in either form. */
const LEXICON = /^(?:\ufeff?\s*\{\s*"format"\s*:|PTLX)/;
const NO_LEXICON: Message = {
  en: 'This file is not a lexicon, so it is not overwritten. Name another file with -o.',
  zh: '这个文件不是词库，没有覆盖。请用 -o 另给一个文件名。',
};
