-- Runs the cases of a file of tests in this Neovim. The working directory is a copy of testdata/workspace.
local M = {}

local patience = 15000 -- milliseconds that anything may take

local messages = {}

--- Remembers what the user is told, for a case that fails.
local function listen()
  vim.notify = function(message)
    table.insert(messages, tostring(message))
  end
  vim.notify_once = vim.notify
end

function M.messages()
  return table.concat(messages, '\n')
end

--- Waits until get returns something that is neither nil nor false, and returns it.
function M.eventually(what, get)
  local got
  local ok = vim.wait(patience, function()
    got = get()
    return got
  end, 20)
  if not ok then
    error(('waited in vain: %s\nmessages: %s'):format(what, M.messages()), 2)
  end
  return got
end

--- Waits until get returns what is wanted; fails with both if it does not.
function M.becomes(what, want, get)
  local got
  vim.wait(patience, function()
    got = get()
    return vim.deep_equal(got, want)
  end, 20)
  M.equal(what, want, got)
end

function M.equal(what, want, got)
  if not vim.deep_equal(got, want) then
    error(('%s\nwant: %s\n got: %s\nmessages: %s'):format(what, vim.inspect(want), vim.inspect(got), M.messages()), 2)
  end
end

--- Starts the plugin with the server under test.
function M.setup(opts)
  opts = opts or {}
  opts.cmd = opts.cmd or { vim.env.BUILDLS }
  require('buildlint').setup(opts)
end

--- Opens a file and waits until the server was told of it.
function M.open(file)
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  M.eventually('a client for ' .. file, M.client)
end

--- The client of the current buffer, once it is ready.
function M.client()
  local client = require('buildlint.compat').clients(vim.api.nvim_get_current_buf())[1]
  return client and client.server_capabilities and client.initialized and client or nil
end

--- The text that a diagnostic of a buffer marks; it spans one line.
local function marked(d)
  local line = vim.api.nvim_buf_get_lines(d.bufnr, d.lnum, d.lnum + 1, false)[1]
  return line:sub(d.col + 1, d.end_col)
end

--- The findings in the current buffer: `line: rule: text`, from the top.
function M.findings()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.source ~= 'buildlint' then
      error('a diagnostic of ' .. tostring(d.source))
    end
    local code = d.code or d.user_data.lsp.code
    table.insert(found, ('%d: %s: %s'):format(d.lnum + 1, code, marked(d)))
  end
  table.sort(found)
  return found
end

function M.wait_for_findings(want)
  M.becomes('findings in ' .. vim.fn.expand('%'), want, M.findings)
end

--- Puts the cursor on the n-th character of the first place of a plain text.
function M.at(text, n)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = line:find(text, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { i, start - 1 + (n or 1) - 1 })
      return
    end
  end
  error('there is no ' .. text, 2)
end

--- The lines of the current buffer that hold a plain text.
function M.lines_with(text)
  return vim.tbl_filter(function(line)
    return line:find(text, 1, true) ~= nil
  end, vim.api.nvim_buf_get_lines(0, 0, -1, false))
end

--- Asks the server something about the cursor's place.
function M.ask(method, extra)
  local client = M.client()
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params = vim.tbl_extend('force', params, extra or {})
  local bufnr = vim.api.nvim_get_current_buf() -- by its number: what was typed in it is sent first
  local response = require('buildlint.compat').call(client, 'request_sync', method, params, patience, bufnr)
  if not response or response.err then
    error(('%s: %s'):format(method, vim.inspect(response and response.err or 'no answer')), 2)
  end
  return response.result
end

--- Runs the code action at the cursor whose title has a plain text in it, through vim.lsp.buf.code_action.
function M.act(title)
  local offered = {}
  local chosen = false
  vim.ui.select = function(items, opts, on_choice)
    for _, item in ipairs(items) do
      local shown = opts.format_item(item)
      table.insert(offered, shown)
      if shown:find(title, 1, true) then
        chosen = true
        on_choice(item)
        return
      end
    end
  end
  vim.lsp.buf.code_action()
  vim.wait(patience, function()
    return chosen or #offered > 0
  end, 20)
  if not chosen then
    error(('no action %q among %s\nmessages: %s'):format(title, vim.inspect(offered), M.messages()), 2)
  end
end

--- The quickfix list as `file:line`, sorted.
function M.quickfix()
  local places = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    local file = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(item.bufnr), ':.')
    table.insert(places, ('%s:%d'):format(file, item.lnum))
  end
  table.sort(places)
  return places
end

function M.read(file)
  return table.concat(vim.fn.readfile(file), '\n')
end

--- Changes a file as another program does.
function M.substitute(file, old, new)
  local lines = vim.fn.readfile(file)
  for i, line in ipairs(lines) do
    lines[i] = line:gsub(vim.pesc(old), (new:gsub('%%', '%%%%')))
  end
  vim.fn.writefile(lines, file)
end

--- Runs the cases of a file when Neovim has started, as a user finds it.
function M.start(file)
  vim.api.nvim_create_autocmd('VimEnter', {
    callback = function()
      vim.schedule(function()
        M.run(file)
      end)
    end,
  })
end

--- Runs cases, a list of names and functions in turn, and ends this Neovim: with 1 if one fails.
function M.run(file)
  listen()
  local failed = false
  local cases = dofile(file)
  for i = 1, #cases, 2 do
    messages = {}
    local started = vim.loop.hrtime()
    local ok, err = xpcall(cases[i + 1], debug.traceback)
    local took = math.floor((vim.loop.hrtime() - started) / 1e6)
    io.stdout:write(('  %s  %s (%d ms)\n'):format(ok and 'ok  ' or 'FAIL', cases[i], took))
    if not ok then
      failed = true
      io.stdout:write(tostring(err) .. '\n')
      break -- what follows builds on it
    end
  end
  io.stdout:flush()
  vim.cmd(failed and 'cquit! 1' or 'qall!')
end

return M
