local t = require('harness')

local price = 'src/main/python/org/shop/price/BUILD'

return {
  'what another program changes is seen', function()
    t.setup()
    t.open('src/main/python/org/shop/cart/BUILD')
    t.eventually('it is indexed', function()
      t.at("name = '_cart'", #"name = '_c")
      return #(t.ask('textDocument/references', { context = { includeDeclaration = true } }) or {}) == 4
    end)
    t.equal('findings', {}, t.findings())
    vim.wait(500) -- directories are watched once they were read
    t.substitute(price, "name = 'price'", "name = 'cost'")
    t.wait_for_findings({ "9: unresolved-dependency: 'src/main/python/org/shop/price'" })
  end,

  'and what it changes back', function()
    t.substitute(price, "name = 'cost'", "name = 'price'")
    t.wait_for_findings({})
  end,

  'so is a file that goes', function()
    vim.fn.delete(price)
    t.wait_for_findings({ "9: unresolved-dependency: 'src/main/python/org/shop/price'" })
  end,

  'and a directory that comes', function()
    vim.api.nvim_buf_set_lines(0, 8, 9, false, { "    'src/main/python/org/shop/parcel'," })
    t.wait_for_findings({ "9: unresolved-dependency: 'src/main/python/org/shop/parcel'" })
    vim.fn.mkdir('src/main/python/org/shop/parcel')
    vim.fn.writefile({ "python_library(name = 'parcel')" }, 'src/main/python/org/shop/parcel/BUILD')
    t.wait_for_findings({})
  end,

  'so is the configuration', function()
    vim.cmd('undo')
    t.wait_for_findings({ "9: unresolved-dependency: 'src/main/python/org/shop/price'" })
    vim.fn.writefile({ '[rules]', 'unresolved-dependency = "off"' }, 'buildlint.toml')
    t.wait_for_findings({})
  end,
}
