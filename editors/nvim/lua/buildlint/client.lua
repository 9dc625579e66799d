-- Starts and stops the language server.
local compat = require('buildlint.compat')
local config = require('buildlint.config')

local M = {}

-- 0.11 and later start servers themselves.
local native = vim.lsp.config ~= nil and vim.lsp.enable ~= nil

-- 0.7 has no vim.lsp.start: the ids of the clients that were started, by root.
local started = {}

local function start_once(server)
  local id = started[server.root_dir]
  if not id or vim.lsp.client_is_stopped(id) then
    id = vim.lsp.start_client(server)
    started[server.root_dir] = id
  end
  return id
end

local function start(bufnr, server)
  if vim.lsp.start then
    vim.api.nvim_buf_call(bufnr, function()
      vim.lsp.start(server)
    end)
    return
  end
  local id = start_once(server)
  if id then
    vim.lsp.buf_attach_client(bufnr, id)
  end
end

--- Starts the server for a buffer, where it does not run for the buffer's workspace, and tells it of the buffer.
local function attach(bufnr)
  local server = config.server()
  if vim.fn.executable(server.cmd[1]) == 0 then
    local message = ('buildlint: %s is not executable; :checkhealth buildlint'):format(server.cmd[1])
    vim.notify_once(message, vim.log.levels.WARN)
    return
  end
  server.root_dir(bufnr, function(root)
    server.root_dir = root
    server.workspace_folders = { { uri = vim.uri_from_fname(root), name = root } }
    start(bufnr, server)
  end)
end

local function attach_open()
  local filetypes = config.server().filetypes
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(filetypes, vim.bo[bufnr].filetype) then
      attach(bufnr)
    end
  end
end

local function enable_fallback()
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('buildlint.start', {}),
    pattern = config.server().filetypes,
    callback = function(args)
      attach(args.buf)
    end,
  })
  attach_open()
end

--- Starts the server for the buffers that are open, and for those that will be.
function M.enable()
  if native then
    vim.lsp.config('buildls', config.overrides()) -- over lsp/buildls.lua
    vim.lsp.enable('buildls')
  else
    enable_fallback()
  end
end

--- The command line of the server, as it is configured.
function M.cmd()
  return (native and vim.lsp.config.buildls or config.server()).cmd
end

local function start_again()
  if native then
    vim.lsp.enable('buildls') -- looks at the buffers that are open, too
  else
    attach_open()
  end
end

--- Calls done when clients have stopped; those that have not after a number of tries are killed.
local function when_stopped(clients, tries, done)
  local running = vim.tbl_filter(function(client)
    return not compat.call(client, 'is_stopped')
  end, clients)
  if #running > 0 and tries > 0 then
    vim.defer_fn(function()
      when_stopped(running, tries - 1, done)
    end, 100)
    return
  end
  for _, client in ipairs(running) do
    compat.call(client, 'stop', true)
  end
  done()
end

--- Stops the server and starts it again.
function M.restart()
  local clients = compat.clients()
  if native then
    vim.lsp.enable('buildls', false) -- else it is enabled already, and nothing happens then
  end
  for _, client in ipairs(clients) do
    compat.call(client, 'stop')
  end
  when_stopped(clients, 20, start_again)
end

return M
