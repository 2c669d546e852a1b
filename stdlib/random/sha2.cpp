// The _sha2 module, as far as random needs it: sha512.
#include "runtime/core/native.hpp"
#include "runtime/types/buffer.hpp"
#include "runtime/types/bytes.hpp"
#include "stdlib/random/sha512.hpp"

namespace cede::stdlib {
namespace {

struct Sha512Object : Object {
  Sha512 hash;
};
const Layout sha512_layout = layout_for<Sha512Object>();

Status feed(VM& vm, Sha512& hash, Ref data) {
  if (is<Str>(data)) return vm.raise_text(TypeId::TypeError, "Strings must be encoded before hashing");
  if (!is_bytes_like(data))
    return vm.raise_text(TypeId::TypeError, "object supporting the buffer API required");
  BufferView view;
  CEDE_CHECK(view.acquire(vm, data));
  std::string_view rest = view.bytes();
  constexpr std::size_t piece = std::size_t{1} << 20;
  while (!rest.empty()) {
    hash.update(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    CEDE_CHECK(vm.check_interrupts());
  }
  return Ok;
}

Status sha512_update(VM& vm, Sha512Object& self, Ref data) { return feed(vm, self.hash, data); }

Value sha512_digest(VM& vm, Sha512Object& self) {
  const auto digest = self.hash.digest();
  return bytes_from(vm, {digest.data(), digest.size()});
}

Value sha512_hexdigest(VM& vm, Sha512Object& self) {
  char text[128];
  std::size_t at = 0;
  for (char c : self.hash.digest())
    for (int shift : {4, 0}) text[at++] = "0123456789abcdef"[static_cast<unsigned char>(c) >> shift & 15];
  return str_from_ascii(vm, {text, at});
}

Owned make(VM& vm, const Sha512& hash);
Owned sha512_copy(VM& vm, Sha512Object& self) { return make(vm, self.hash); }

std::int64_t get_digest_size(VM&, Sha512Object&) { return 64; }
std::int64_t get_block_size(VM&, Sha512Object&) { return 128; }
Value get_name(VM& vm, Sha512Object&) { return str_from_ascii(vm, "sha512"); }

constexpr Method sha512_methods[] = {
    method<"copy(self, /)", sha512_copy>,
    method<"digest(self, /)", sha512_digest>,
    method<"hexdigest(self, /)", sha512_hexdigest>,
    method<"update(self, obj, /)", sha512_update>,
};
constexpr Property sha512_properties[] = {property<"digest_size", get_digest_size>,
                                          property<"block_size", get_block_size>, property<"name", get_name>};

const NativeType sha512_type{
    .name = "_sha2.SHA512Type",
    .id = TypeId::Dynamic,
    .base = nullptr,
    .layout = &sha512_layout,
    .slots = &object_slots,
    .flags = std::uint32_t(TypeFlag::NoCycles),
    .methods = sha512_methods,
    .properties = sha512_properties,
};

Owned make(VM& vm, const Sha512& hash) {
  auto* made = make_object<Sha512Object>(vm, vm.native_type(sha512_type), 0);
  if (!made) return raised;
  made->hash = hash;
  return Owned(Ref(made).bits);
}

Owned sha2_sha512(VM& vm, Ref data, bool) {
  Sha512 hash;
  if (!data.is_unbound()) CEDE_CHECK(feed(vm, hash, data));
  return make(vm, hash);
}

constexpr Method functions[] = {
    method<"sha512(string=b'', *, usedforsecurity=True)", sha2_sha512>,
};

Status fill(VM& vm, Module& module) { return module_add_type(vm, module, sha512_type); }

}  // namespace

extern const NativeModule sha2_module;
const NativeModule sha2_module{
    .name = "_sha2",
    .functions = functions,
    .fill = fill,
    .doc = "The hash function SHA-512.",
};

}  // namespace cede::stdlib
