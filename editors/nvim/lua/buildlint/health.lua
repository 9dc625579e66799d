-- :checkhealth buildlint
local M = {}

local health = vim.health or require('health')
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local failed = health.error or health.report_error

local function check_program(cmd)
  local path = vim.fn.exepath(cmd[1])
  if path == '' then
    failed(('`%s` is not executable'):format(cmd[1]), {
      'go install github.com/buildlint/buildlint/cmd/buildls@latest',
      "or name its path: require('buildlint').setup({ cmd = { '/path/of/buildls' } })",
    })
    return
  end
  ok(('%s: %s'):format(path, vim.trim(vim.fn.system({ path, '--version' }))))
end

local function check_clients()
  local clients = require('buildlint.compat').clients()
  if #clients == 0 then
    warn('the language server does not run', {
      'open a BUILD file of a workspace: one below a pants.ini, pants.toml, buildlint.toml, .git, …',
      "is require('buildlint').setup() called?",
    })
  end
  for _, client in ipairs(clients) do
    ok(('it runs for %s, with %s positions'):format(client.config.root_dir, client.offset_encoding))
  end
end

function M.check()
  start('buildlint')
  check_program(require('buildlint.client').cmd())
  check_clients()
end

return M
