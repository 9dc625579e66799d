local t = require('harness')

local file = 'src/main/python/org/shop/order/BUILD'

local function disk(text)
  return vim.tbl_filter(function(line)
    return line:find(text, 1, true) ~= nil
  end, vim.fn.readfile(file))
end

return {
  'safe fixes are applied on save, unsafe ones are not', function()
    t.setup({ fix_on_save = true })
    t.open(file)
    t.eventually('findings', function() return #t.findings() == 3 end)
    vim.api.nvim_buf_set_lines(0, 0, 1, false, { '# Edited just before it is saved.' })
    vim.cmd('write')
    t.equal('modified', false, vim.bo.modified)
    t.equal('what was edited', { '# Edited just before it is saved.' }, disk('Edited'))
    t.equal('the redundant name', { "    'src/main/python/org/shop/menu'," }, disk('org/shop/menu'))
    t.equal('the duplicate', { "    'src/main/python/org/shop/price'," }, disk('org/shop/price'))
    t.equal('the unsafe fix', { "    'src/main/python/org/shop/cart:_cart'," }, disk('org/shop/cart'))
    t.wait_for_findings({ "9: private-dependency: 'src/main/python/org/shop/cart:_cart'" })
  end,

  'a second save changes nothing', function()
    local before = t.read(file)
    vim.cmd('write')
    t.equal('the file', before, t.read(file))
  end,

  'a file that is no BUILD file is saved as it is', function()
    vim.cmd('edit src/main/python/org/shop/cart/main.py')
    vim.api.nvim_buf_set_lines(0, 0, 0, false, { '# Here.' })
    vim.cmd('write')
    t.equal('modified', false, vim.bo.modified)
  end,
}
