local t = require('harness')

local editors = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h:h:h:h')
local ours, zeds = editors .. '/nvim/queries/buildfile/', editors .. '/zed/languages/buildfile/'

local text = [[
# buildlint: disable=unused-private-target -- later
from os import path as p
import textwrap

DEPS = ['a:b', f"{DEPS}/\n"]

def library(name, deps = None, *args):
  python_library(name = name, zip_safe = not True, timeout = 60)

@rule
class Kind(object):
  pass

python_library(
  name = 'util',
  sources = rglobs('*.py'),
  provides = setup_py(name = 'x').with_binaries({'y': ':y'}),
)
genrule(name = "gen", cmd = "echo $SRCS")
]]

local function open_text()
  vim.fn.mkdir('src/highlighted', 'p')
  vim.fn.writefile(vim.split(text, '\n'), 'src/highlighted/BUILD')
  vim.cmd('edit src/highlighted/BUILD')
end

if not (vim.env.E2E_RUNTIME and vim.fn.has('nvim-0.9') == 1) then
  return {
    'without a parser, what Neovim has highlights BUILD files', function()
      t.setup()
      open_text()
      t.equal('syntax', 'bzl', vim.bo.syntax)
    end,
  }
end

-- The last capture of the first place of a piece of text, as it is highlighted.
local function capture(piece)
  local row, column = 0, nil
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    column = line:find(piece, 1, true)
    if column then
      row = i - 1
      break
    end
  end
  local names = {}
  for _, c in ipairs(vim.treesitter.get_captures_at_pos(0, row, column - 1)) do
    if c.lang == 'buildfile' then
      table.insert(names, c.capture)
    end
  end
  return names[#names]
end

local function read(file)
  return table.concat(vim.fn.readfile(file), '\n')
end

-- What a query captures under a name.
local function captured(file, name)
  local query = vim.treesitter.query.parse('buildfile', read(file))
  local root = vim.treesitter.get_parser(0, 'buildfile'):parse()[1]:root()
  local found = {}
  for id, node in query:iter_captures(root, 0, 0, -1) do
    if query.captures[id] == name then
      table.insert(found, vim.treesitter.get_node_text(node, 0))
    end
  end
  return found
end

return {
  'BUILD files are highlighted by the parser of Python', function()
    t.setup()
    open_text()
    local highlighter = vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()]
    t.equal('highlighter', 'buildfile', highlighter and highlighter.tree:lang())
    highlighter.tree:parse(true)
    for piece, want in pairs({
      ['# buildlint'] = 'keyword.directive',
      ['from'] = 'keyword.import',
      ['as p'] = 'keyword.import',
      ['os import'] = 'module',
      ['DEPS ='] = 'constant',
      ['a:b'] = 'string',
      ['{DEPS'] = 'punctuation.special',
      ['DEPS}'] = 'constant',
      ['\\n'] = 'string.escape',
      ['def '] = 'keyword.function',
      ['library('] = 'function',
      ['deps = None'] = 'variable.parameter',
      ['None'] = 'constant.builtin',
      ['args'] = 'variable.parameter',
      ['python_library'] = 'function.call',
      ['zip_safe'] = 'variable.parameter',
      ['not '] = 'keyword.operator',
      ['True'] = 'boolean',
      ['60'] = 'number',
      ['rule'] = 'attribute',
      ['Kind'] = 'type',
      ['with_binaries'] = 'function.method.call',
      ['= rglobs'] = 'operator',
      ['['] = 'punctuation.bracket',
      [', f"'] = 'punctuation.delimiter',
    }) do
      t.equal(piece, want, capture(piece))
    end
  end,

  'only BUILD files are', function()
    vim.fn.writefile({ 'x = 1' }, 'src/highlighted/defs.bzl')
    vim.cmd('edit src/highlighted/defs.bzl')
    t.equal('filetype', 'bzl', vim.bo.filetype)
    t.equal('highlighter', nil, vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()])
  end,

  'an option leaves it to others', function()
    vim.api.nvim_del_augroup_by_name('buildlint.treesitter')
    t.setup({ treesitter = false })
    vim.cmd('edit! src/main/python/org/shop/cart/BUILD')
    t.equal('highlighter', nil, vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()])
  end,

  'commands are shell, and long things fold', function()
    vim.cmd('edit! src/highlighted/BUILD')
    t.equal('commands', true, vim.tbl_contains(captured(ours .. 'injections.scm', 'injection.content'), 'echo $SRCS'))
    local folds = table.concat(captured(ours .. 'folds.scm', 'fold'), '\n')
    t.equal('a target', true, folds:find("sources = rglobs('*.py'),", 1, true) ~= nil)
  end,

  'Zed has the same queries, and those that it alone has are in order', function()
    for _, name in ipairs({ 'highlights.scm', 'injections.scm' }) do
      t.equal(name, read(ours .. name), read(zeds .. name))
    end
    t.equal('outline', { 'DEPS', 'library', 'util', 'gen' }, captured(zeds .. 'outline.scm', 'name'))
    t.equal('overrides', true, #captured(zeds .. 'overrides.scm', 'string') > 5)
    t.equal('brackets', #captured(zeds .. 'brackets.scm', 'open'), #captured(zeds .. 'brackets.scm', 'close'))
    t.equal('indents', #captured(zeds .. 'indents.scm', 'indent'), #captured(zeds .. 'indents.scm', 'end'))
  end,
}
