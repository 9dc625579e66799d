local t = require('harness')

local order = {
  '10: redundant-target-name: \'src/main/python/org/shop/menu:menu\'',
  '12: duplicate-dependency: \'src/main/python/org/shop/price\'',
  '9: private-dependency: \'src/main/python/org/shop/cart:_cart\'',
}

return {
  'findings appear', function()
    t.setup()
    t.open('src/main/python/org/shop/order/BUILD')
    t.wait_for_findings(order)
  end,

  'they have severities and pages', function()
    local severities = {}
    for _, d in ipairs(vim.diagnostic.get(0)) do
      local lsp = d.user_data.lsp
      severities[lsp.code] = d.severity
      t.equal('page of ' .. lsp.code, true, vim.endswith(lsp.codeDescription.href, '/' .. lsp.code .. '.md'))
    end
    t.equal('severities', {
      ['private-dependency'] = vim.diagnostic.severity.ERROR,
      ['redundant-target-name'] = vim.diagnostic.severity.WARN,
      ['duplicate-dependency'] = vim.diagnostic.severity.WARN,
    }, severities)
  end,

  'an edit takes one away, undo brings it back', function()
    vim.api.nvim_buf_set_lines(0, 11, 12, false, {})
    t.wait_for_findings({ order[1], order[3] })
    vim.cmd('undo')
    t.wait_for_findings(order)
  end,

  'what cannot be read is a finding', function()
    vim.api.nvim_buf_set_lines(0, 12, 13, false, {})
    t.eventually('syntax-error', function()
      return vim.tbl_contains(vim.tbl_map(function(d)
        return d.user_data.lsp.code
      end, vim.diagnostic.get(0)), 'syntax-error')
    end)
    vim.cmd('undo')
    t.wait_for_findings(order)
  end,

  'none in a file that keeps the conventions', function()
    t.open('src/main/python/org/shop/cart/BUILD')
    t.equal('findings after its first report', {}, t.findings())
    vim.api.nvim_buf_set_lines(0, 7, 8, false, { "    '3rdparty/python:clikc'," })
    t.wait_for_findings({ "8: unresolved-dependency: '3rdparty/python:clikc'" })
    vim.cmd('undo')
    t.wait_for_findings({})
  end,

  'a BUILD file with an extension is one', function()
    vim.fn.writefile({ "python_library(name = '_more', dependencies = [':nothing'])" },
      'src/main/python/org/shop/cart/BUILD.more')
    t.open('src/main/python/org/shop/cart/BUILD.more')
    t.equal('filetype', 'bzl', vim.bo.filetype)
    t.eventually('a finding in it', function()
      return vim.tbl_contains(t.findings(), "1: unresolved-dependency: ':nothing'")
    end)
  end,
}
