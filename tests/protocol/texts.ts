/** Drafts about an invented county. */
export const SPEECH = [
  '在青禾县水利工作会议上的讲话',
  '',
  '同志们：',
  '　　今天我们召开全县水利工作会议，总结去年工作，部署今年任务。下面，我讲两点意见。',
  '',
  '一、充分肯定成绩，正视存在问题',
  '　　过去一年，全县上下齐心协力，水利建设迈出坚实步伐。',
  '（一）水库加固扎实推进。全年完成三座小型水库除险加固，受益群众一万余人。',
  '（二）灌区改造成效明显。改造渠道四十公里，新增灌溉面积五千亩。',
  '（三）防汛保障平稳有力。汛期没有发生人员伤亡。',
  '',
  '二、突出工作重点，抓好任务落实',
  '　　今年是水利建设的关键一年。各乡镇要压实责任，确保各项任务落到实处。',
  '（一）抓紧谋划项目。要提前谋划，主动对接。',
  '（二）加快工程进度。要倒排工期，挂图作战。',
  '',
].join('\n');

/** The same speech with （四） where （三） should be (line 9), and a gap left to fill (line 8). */
export const BROKEN_SPEECH = SPEECH.replace('（三）防汛', '（四）防汛').replace('四十公里', '××公里');

/** Clearly not a policy text. */
export const SHOPPING = 'milk, eggs, bread\n1. call the plumber\n2. water the plants\n';
