// The buffer protocol: who takes part is said by the NativeType.
#include "runtime/types/buffer.hpp"

namespace cede {

const BufferProcedures* buffer_procedures(Ref object) {
  return object.is_object() ? object.object()->type->native->buffer : nullptr;
}
bool is_bytes_like(Ref object) { return buffer_procedures(object) != nullptr; }

Status BufferView::acquire(VM& vm, Ref object, BufferAccess access) {
  release();
  const BufferProcedures* procedures = buffer_procedures(object);
  const char* wanted = access == BufferAccess::Write ? "read-write" : "a";
  if (!procedures)
    return vm.raise(TypeId::TypeError, "{} bytes-like object is required, not '{}'", wanted,
                    display_name(type_of(vm, object)));
  CEDE_CHECK(procedures->acquire(vm, object, info_));
  object_ = Value(object);
  if (access == BufferAccess::Read || !info_.read_only) return Ok;
  release();
  return vm.raise(TypeId::TypeError, "{} bytes-like object is required, not '{}'", wanted,
                  display_name(type_of(vm, object)));
}

void BufferView::release() {
  if (!object_.is_object()) return;
  const BufferProcedures* procedures = buffer_procedures(object_);
  if (procedures->release) procedures->release(object_);
  object_.reset();
  info_ = BufferInfo();
}

}  // namespace cede
