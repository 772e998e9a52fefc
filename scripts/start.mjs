// `npm start`: from a fresh clone to an outline and findings of a sample draft.
import fs from 'node:fs';
import path from 'node:path';
import { install, node, root } from './prepare.mjs';

const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const SAMPLE = 'corpus/samples/讲话-全市经济工作会议.policy.txt';

install();
console.log('Building … 正在构建……');
const build = node(['scripts/build.mjs', '--quiet']);
if (build.code !== 0) {
  console.error(build.output.trim());
  process.exit(1);
}

for (const args of [
  ['outline', SAMPLE],
  ['lint', '--fail-on', 'never', SAMPLE],
]) {
  console.log(`\n$ policy-text ${args.join(' ')}`);
  const { code } = node(['dist/cli.js', ...args], { inherit: true });
  if (code !== 0) process.exit(code);
}

console.log(`
In the editor 在编辑器中使用
  · Open this folder in VS Code and press F5: a window opens on the sample drafts.
    用 VS Code 打开本文件夹，按 F5，会打开示例文稿窗口。
  · Or from a terminal 或在终端运行：
    code --extensionDevelopmentPath="${root}" corpus/samples
  · Or install it for good 或正式安装：
    npm run package && code --install-extension dist/policy-text-${version}.vsix

On your own drafts 检查自己的文稿
  node dist/cli.js outline FILE
  node dist/cli.js lint FOLDER
  node dist/cli.js --help --lang zh`);
