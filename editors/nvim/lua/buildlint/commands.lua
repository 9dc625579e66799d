-- The commands of the plugin, and those of the server that a code lens runs.
local compat = require('buildlint.compat')

local M = {}

local function say(message, level)
  vim.notify('buildlint: ' .. message, level or vim.log.levels.INFO)
end

--- The client of the current buffer. A file that the server is not told of, such as a source, has that of its
--- workspace.
local function client_here()
  local client = compat.clients(vim.api.nvim_get_current_buf())[1]
  if client then
    return client
  end
  local file = vim.fn.expand('%:p')
  for _, other in ipairs(compat.clients()) do
    local root = other.config.root_dir
    if root and vim.startswith(file, root .. '/') then
      return other
    end
  end
  say('the language server does not run for this file; open a BUILD file of its workspace, or :checkhealth buildlint',
    vim.log.levels.WARN)
end

--- Runs a command of the server. The buffer is named: what was just typed in it is sent first.
local function execute(client, command, handler)
  compat.call(client, 'request', 'workspace/executeCommand', command, handler, vim.api.nvim_get_current_buf())
end

--- Runs a command of the server that returns places, and lists them in the quickfix window.
local function list(client, command, title, nothing)
  execute(client, command, function(err, places)
    if err then
      say(err.message, vim.log.levels.ERROR)
    elseif type(places) ~= 'table' or #places == 0 then
      say(nothing)
    else
      local items = vim.lsp.util.locations_to_items(places, client.offset_encoding)
      vim.fn.setqflist({}, ' ', { title = title, items = items })
      vim.cmd('botright copen')
    end
  end)
end

local function list_dependents(client, arguments)
  local command = { command = 'buildlint.dependents', arguments = arguments }
  list(client, command, 'Dependents', 'nothing depends on this target')
end

function M.fix_all(args)
  local client = client_here()
  if not client then
    return
  end
  if args.bang then
    require('buildlint.fix').workspace(client)
  else
    require('buildlint.fix').buffer(vim.api.nvim_get_current_buf())
  end
end

function M.dependents()
  local client = client_here()
  if client then
    local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
    list_dependents(client, { params.textDocument.uri, params.position })
  end
end

function M.owners()
  local client = client_here()
  if client then
    local command = { command = 'buildlint.owners', arguments = { vim.uri_from_bufnr(0) } }
    list(client, command, 'Owners', 'no target has this file as a source')
  end
end

--- The address of the page of a diagnostic's rule, as the server gave it.
local function page_of(diagnostic)
  local lsp = (diagnostic.user_data or {}).lsp or {}
  return (lsp.codeDescription or {}).href
end

function M.rule_page()
  local diagnostic = compat.diagnostics_on(vim.api.nvim_win_get_cursor(0)[1] - 1)[1]
  local page = diagnostic and page_of(diagnostic)
  if not page then
    say('there is no finding on this line')
  elseif not compat.open(page) then
    say(page)
  end
end

function M.reindex()
  local client = client_here()
  if client then
    execute(client, { command = 'buildlint.restartIndex' }, function(err)
      if err then
        say(err.message, vim.log.levels.ERROR)
      end
    end)
  end
end

function M.restart()
  require('buildlint.client').restart()
end

--- Says what is to be done with the command of a code lens: the server only returns places.
function M.register()
  vim.lsp.commands['buildlint.dependents'] = function(command, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    if client then
      list_dependents(client, command.arguments)
    end
  end
end

return M
