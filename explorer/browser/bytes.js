// Bytes as texts of one letter each, and numbers in them.

export const lettersOf = bytes => Array.from(bytes, byte => String.fromCharCode(byte)).join("")

export const bytesOf = letters => Uint8Array.from(letters, letter => letter.charCodeAt(0))

// 32-bit numbers from base64.
export const floatsIn = base64 => new Float32Array(bytesOf(atob(base64)).buffer)
